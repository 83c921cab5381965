using System.Collections.Frozen;

namespace Analytics.PgQuery.Reading;

/// <summary>
/// What the parser's output leaves to the reader's knowledge of its schema, <c>protobuf/pg_query.proto</c> of libpg_query
/// 18: the kind of a node in a field that can hold one kind only is not written, and a location of zero is not either.
/// </summary>
internal static class MessageKinds
{
    private static readonly FrozenDictionary<string, string> ByField = Pairs(
        """
        alias=Alias argType=TypeName authrole=RoleSpec base=CreateStmt bound=PartitionBoundSpec boolval=Boolean
        bsval=BitString collClause=CollateClause constrrel=RangeVar context_item=JsonValueExpr cycle_clause=CTECycleClause
        datatype=TypeName extname=String format=JsonFormat fromsql=ObjectWithArgs funccall=FuncCall func=ObjectWithArgs
        fval=Float grantor=RoleSpec identitySequence=RangeVar infer=InferClause into=IntoClause intoClause=IntoClause
        ival=Integer join_using_alias=Alias larg=SelectStmt newowner=RoleSpec newrole=RoleSpec ofTypename=TypeName
        on_empty=JsonBehavior on_error=JsonBehavior onConflictClause=OnConflictClause opername=ObjectWithArgs
        output=JsonOutput over=WindowDef owner=RoleSpec partbound=PartitionBoundSpec partspec=PartitionSpec
        pathspec=JsonTablePathSpec pktable=RangeVar pubtable=PublicationTable rarg=SelectStmt rel=RangeVar
        relation=RangeVar returning=JsonReturning returningClause=ReturningClause returnType=TypeName role=RoleSpec
        search_clause=CTESearchClause sequence=RangeVar setstmt=VariableSetStmt sourcetype=TypeName stmts=RawStmt
        storedtype=TypeName sval=String table=RangeVar targettype=TypeName tosql=ObjectWithArgs typeName=TypeName
        type_name=TypeName typevar=RangeVar user=RoleSpec view=RangeVar withClause=WithClause
        """
    );

    // Fields that hold another kind, or any node, in another parent.
    private static readonly FrozenDictionary<string, string> ByParentAndField = Pairs(
        """
        CreateOpClassItem.name=ObjectWithArgs JsonAggConstructor.output=JsonOutput JsonArgument.val=JsonValueExpr
        JsonArrayAgg.arg=JsonValueExpr JsonArrayAgg.constructor=JsonAggConstructor JsonKeyValue.value=JsonValueExpr
        JsonObjectAgg.arg=JsonKeyValue JsonObjectAgg.constructor=JsonAggConstructor JsonParseExpr.expr=JsonValueExpr
        JsonSerializeExpr.expr=JsonValueExpr PartitionCmd.name=RangeVar PLAssignStmt.val=SelectStmt
        """
    );

    private static readonly FrozenSet<string> Located = Words(
            """
            A_ArrayExpr A_Const A_Expr BoolExpr BooleanTest CTECycleClause CTESearchClause CaseExpr CaseWhen CoalesceExpr
            CollateClause CollateExpr ColumnDef ColumnRef CommonTableExpr Constraint CreateTableSpaceStmt CurrentOfExpr
            DeallocateStmt DefElem FuncCall FunctionParameter GroupingFunc GroupingSet InferClause JsonAggConstructor
            JsonArrayConstructor JsonArrayQueryConstructor JsonBehavior JsonFormat JsonFuncExpr JsonIsPredicate
            JsonObjectConstructor JsonParseExpr JsonScalarExpr JsonSerializeExpr JsonTable JsonTableColumn
            JsonTablePathSpec MergeSupportFunc MinMaxExpr NamedArgExpr NullTest OnConflictClause PLAssignStmt ParamRef
            PartitionBoundSpec PartitionElem PartitionRangeDatum PartitionSpec PublicationObjSpec RangeTableFunc
            RangeTableFuncCol RangeTableSample RangeVar ResTarget ReturningOption RoleSpec RowExpr SQLValueFunction
            SetToDefault SortBy SubLink TransactionStmt TypeCast TypeName VariableSetStmt WindowDef WithClause XmlExpr
            XmlSerialize
            """
        )
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The kind of a node that is written without one; null when the place is an empty one.</summary>
    /// <param name="parent">The kind of the node that holds it.</param>
    /// <param name="field">The field that holds it, itself or in a list.</param>
    public static string? Find(string parent, string field) =>
        ByParentAndField.TryGetValue($"{parent}.{field}", out var kind) ? kind : ByField.GetValueOrDefault(field);

    /// <summary>Whether the parser notes where nodes of this kind stand, so that none written means zero.</summary>
    public static bool HasLocation(string kind) => Located.Contains(kind);

    private static FrozenDictionary<string, string> Pairs(string text) =>
        Words(text)
            .Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => string.Intern(pair[0]), pair => string.Intern(pair[1]), StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
