namespace Analytics.PgQuery.Reading;

/// <summary>
/// What the parser's output leaves to the reader's knowledge of its schema, <c>protobuf/pg_query.proto</c> of libpg_query
/// 18: the kind of a node in a field that can hold one kind only is not written, and a location of zero is not either.
/// </summary>
internal static class MessageKinds
{
    /// <summary>The kind of a node that is written without one; null when the place is an empty one.</summary>
    /// <param name="parent">The kind of the node that holds it.</param>
    /// <param name="field">The field that holds it, itself or in a list.</param>
    public static string? Find(string parent, string field) =>
        (parent, field) switch
        {
            ("JsonArrayAgg", "constructor") or ("JsonObjectAgg", "constructor") => "JsonAggConstructor",
            ("JsonObjectAgg", "arg") => "JsonKeyValue",
            ("JsonAggConstructor", "output") => "JsonOutput",


            ("JsonArgument", "val")
            or
            ("JsonArrayAgg", "arg")
            or
            ("JsonKeyValue", "value")
            or
            ("JsonParseExpr", "expr")
            or ("JsonSerializeExpr", "expr") => "JsonValueExpr",
            ("CreateOpClassItem", "name") => "ObjectWithArgs",
            ("PartitionCmd", "name") => "RangeVar",
            ("PLAssignStmt", "val") => "SelectStmt",
            _ => FindByField(field),
        };

    /// <summary>Whether the parser notes where nodes of this kind stand, so that none written means zero.</summary>
    public static bool HasLocation(string kind) =>
        kind
            is "A_ArrayExpr"
                or "A_Const"
                or "A_Expr"
                or "BoolExpr"
                or "BooleanTest"
                or "CTECycleClause"
                or "CTESearchClause"
                or "CaseExpr"
                or "CaseWhen"
                or "CoalesceExpr"
                or "CollateClause"
                or "CollateExpr"
                or "ColumnDef"
                or "ColumnRef"
                or "CommonTableExpr"
                or "Constraint"
                or "CreateTableSpaceStmt"
                or "DeallocateStmt"
                or "DefElem"
                or "FuncCall"
                or "FunctionParameter"
                or "GroupingFunc"
                or "GroupingSet"
                or "InferClause"
                or "JsonAggConstructor"
                or "JsonArrayConstructor"
                or "JsonArrayQueryConstructor"
                or "JsonBehavior"
                or "JsonFormat"
                or "JsonFuncExpr"
                or "JsonIsPredicate"
                or "JsonObjectConstructor"
                or "JsonParseExpr"
                or "JsonScalarExpr"
                or "JsonSerializeExpr"
                or "JsonTable"
                or "JsonTableColumn"
                or "JsonTablePathSpec"
                or "MergeSupportFunc"
                or "MinMaxExpr"
                or "NamedArgExpr"
                or "NullTest"
                or "OnConflictClause"
                or "PLAssignStmt"
                or "ParamRef"
                or "PartitionBoundSpec"
                or "PartitionElem"
                or "PartitionRangeDatum"
                or "PartitionSpec"
                or "PublicationObjSpec"
                or "RangeTableFunc"
                or "RangeTableFuncCol"
                or "RangeTableSample"
                or "RangeVar"
                or "ResTarget"
                or "ReturningOption"
                or "RoleSpec"
                or "RowExpr"
                or "SQLValueFunction"
                or "SetToDefault"
                or "SortBy"
                or "SubLink"
                or "TransactionStmt"
                or "TypeCast"
                or "TypeName"
                or "VariableSetStmt"
                or "WindowDef"
                or "WithClause"
                or "XmlExpr"
                or "XmlSerialize";

    private static string? FindByField(string field) =>
        field switch
        {
            "alias" or "join_using_alias" => "Alias",
            "bsval" => "BitString",
            "boolval" => "Boolean",
            "cycle_clause" => "CTECycleClause",
            "search_clause" => "CTESearchClause",
            "collClause" => "CollateClause",
            "base" => "CreateStmt",
            "fval" => "Float",
            "funccall" => "FuncCall",
            "action" => "GrantStmt",
            "infer" => "InferClause",
            "ival" => "Integer",
            "into" or "intoClause" => "IntoClause",
            "on_empty" or "on_error" => "JsonBehavior",
            "format" => "JsonFormat",
            "output" => "JsonOutput",
            "returning" => "JsonReturning",
            "pathspec" => "JsonTablePathSpec",
            "context_item" => "JsonValueExpr",
            "fromsql" or "func" or "opername" or "tosql" => "ObjectWithArgs",
            "onConflictClause" => "OnConflictClause",
            "bound" or "partbound" => "PartitionBoundSpec",
            "partspec" => "PartitionSpec",
            "pubtable" => "PublicationTable",
            "constrrel"
            or "identitySequence"
            or "pktable"
            or "rel"
            or "relation"
            or "sequence"
            or "table"
            or "typevar"
            or "view" => "RangeVar",
            "stmts" => "RawStmt",
            "returningClause" => "ReturningClause",
            "authrole" or "grantor" or "newowner" or "newrole" or "owner" or "role" or "user" => "RoleSpec",
            "larg" or "rarg" => "SelectStmt",
            "extname" or "sval" => "String",
            "argType"
            or "datatype"
            or "ofTypename"
            or "returnType"
            or "sourcetype"
            or "storedtype"
            or "targettype"
            or "typeName"
            or "type_name" => "TypeName",
            "setstmt" => "VariableSetStmt",
            "over" => "WindowDef",
            "withClause" => "WithClause",
            _ => null,
        };
}
