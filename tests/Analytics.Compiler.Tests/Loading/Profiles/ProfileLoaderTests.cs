using Analytics.Compiler.Loading;
using Analytics.Compiler.Loading.Profiles;
using Analytics.Jinja.Values;

namespace Analytics.Compiler.Tests.Loading.Profiles;

public sealed class ProfileLoaderTests : IDisposable
{
    private const string Secret = "s3cr3t-v4lue";

    private const string Profiles = """
        shop:
          target: "{{ env_var('T', 'dev') }}"
          outputs:
            dev:
              type: postgres
              host: localhost
              user: "{{ env_var('DBT_USER', 'ann') }}"
              password: "{{ env_var('DBT_PASSWORD') }}"
              dbname: analytics
              schema: dbt_ann
            prod:
              type: postgres
              host: db.example.com
              port: "{{ env_var('PROD_PORT') | as_number }}"
              user: dbt
              pass: literal-pass
              database: analytics
              schema: gold
              threads: 8
              sslmode: verify-full
              sslrootcert: /certs/ca.pem
              connect_timeout: 5
              keepalives_idle: 0
              retries: 2
              search_path: public
              role: owner
              application_name: dbt
        """;

    private readonly TemporaryFolder project = new();
    private readonly TemporaryFolder user = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public void Dispose()
    {
        project.Dispose();
        user.Dispose();
    }

    [Fact]
    public void The_default_target_is_rendered()
    {
        environment["DBT_PASSWORD"] = Secret;
        project.Write("profiles.yml", Profiles);

        var target = Found(Load());

        Assert.Equal(("shop", "dev", false), (target.ProfileName, target.Name, target.Embedded));
        Assert.Equal(
            ("localhost", 5432, "ann", "analytics", "dbt_ann", 1),
            (target.Host, target.Port, target.User, target.Database, target.Schema, target.Threads)
        );
        Assert.Equal(Secret, target.Password!.Reveal());
        Assert.DoesNotContain(Secret, target.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_asked_for_beats_the_profiles_own_and_only_it_is_rendered()
    {
        // DBT_PASSWORD, which dev needs, is not set.
        environment["PROD_PORT"] = "6432";
        project.Write("profiles.yml", Profiles);

        var target = Found(Load(target: "prod"));

        Assert.Equal(
            ("prod", 6432, 8, "literal-pass"),
            (target.Name, target.Port, target.Threads, target.Password!.Reveal())
        );
        Assert.Equal(
            "application_name=dbt connect_timeout=5 keepalives_idle=0 retries=2 role=owner search_path=public sslmode=verify-full sslrootcert=/certs/ca.pem",
            string.Join(' ', target.Settings.Select(setting => $"{setting.Key}={setting.Value}"))
        );
    }

    [Fact]
    public void The_target_of_the_profile_may_be_a_template()
    {
        environment["T"] = "prod";
        environment["PROD_PORT"] = "1";
        project.Write("profiles.yml", Profiles);

        Assert.Equal("prod", Found(Load()).Name);
    }

    [Fact]
    public void A_missing_variable_is_an_error_at_its_name()
    {
        project.Write("profiles.yml", Profiles);

        Assert.Equal(
            "profiles.yml(8,29,8,43): error ASQL1009: environment variable 'DBT_PASSWORD' is not set and env_var has no default",
            Single(Load())
        );
    }

    [Fact]
    public void The_projects_file_comes_before_the_users()
    {
        environment["DBT_PASSWORD"] = "x";
        user.Write("profiles.yml", Profiles.Replace("localhost", "other", StringComparison.Ordinal));

        Assert.Equal("other", Found(Load()).Host);

        project.Write("profiles.yml", Profiles);
        Assert.Equal("localhost", Found(Load()).Host);
    }

    [Fact]
    public void Without_a_file_the_target_is_a_private_server()
    {
        environment["USER"] = "Ann.O'Neil";

        var target = Found(Load());

        Assert.True(target.Embedded);
        Assert.Equal(
            ("shop", "dev", "dbt", "analytics", "dbt_ann_o_neil", 4),
            (target.ProfileName, target.Name, target.User, target.Database, target.Schema, target.Threads)
        );
        Assert.Null(target.Password);
    }

    [Theory]
    [InlineData(null, null, "dbt_dev")]
    [InlineData("", "Bob", "dbt_bob")]
    [InlineData("Ünal-2", null, "dbt__nal_2")]
    public void The_private_schema_is_the_persons(string? userName, string? windowsName, string schema)
    {
        if (userName is not null)
        {
            environment["USER"] = userName;
        }

        if (windowsName is not null)
        {
            environment["USERNAME"] = windowsName;
        }

        Assert.Equal(schema, Found(Load()).Schema);
    }

    [Fact]
    public void Without_a_profile_in_the_definition_the_target_is_a_private_server()
    {
        project.Write("profiles.yml", Profiles);

        var target = Found(Load(profile: null));

        Assert.Equal((true, "the_project"), (target.Embedded, target.ProfileName));
        Assert.Equal(
            "error ASQL0009: there is no target 'prod': dbt_project.yml names no profile ('profile:'), so the only target is 'dev', a private PostgreSQL",
            Single(Load(profile: null, target: "prod"))
        );
    }

    [Fact]
    public void Another_target_without_a_file_is_an_error_that_says_where_it_was_looked_for()
    {
        Assert.Equal(
            $"error ASQL0009: there is no target 'prod': no profiles.yml was found in {project.Path} or {user.Path}, so the only target is 'dev', a private PostgreSQL",
            Single(Load(target: "prod"))
        );
        Assert.True(Found(Load(target: "dev")).Embedded);
    }

    [Fact]
    public void A_target_may_name_the_private_server_and_leave_the_rest_out()
    {
        environment["USER"] = "ann";
        project.Write("profiles.yml", "shop:\n  outputs:\n    dev: {type: postgres, host: embedded, schema: mine}\n");

        var target = Found(Load());

        Assert.Equal(
            (true, "dbt", "analytics", "mine", 4),
            (target.Embedded, target.User, target.Database, target.Schema, target.Threads)
        );
    }

    [Fact]
    public void Dbts_own_default_target_is_used_when_there_is_no_dev()
    {
        project.Write("profiles.yml", "shop:\n  outputs:\n    default: {type: postgres, host: embedded}\n");

        Assert.Equal("default", Found(Load()).Name);
    }

    [Fact]
    public void Variables_can_be_used()
    {
        project.Write(
            "profiles.yml",
            "shop:\n  outputs:\n    dev: {type: postgres, host: embedded, schema: \"{{ var('s') }}\", threads: \"{{ var('t', 3) }}\"}\n"
        );

        var target = Found(Load(vars: new PyDict { ["s"] = "from_var" }));

        Assert.Equal(("from_var", 3), (target.Schema, target.Threads));
        Assert.Equal(
            "profiles.yml(3,59,3,62): error ASQL1008: variable 's' is not set and has no default; set it under 'vars:' in dbt_project.yml or with -p:Vars",
            Single(Load())
        );
    }

    [Theory]
    [InlineData(
        "shp:\n  outputs: {}\n",
        "(1,1,1,1): error ASQL0008: profiles.yml has no profile 'shop'; did you mean 'shp'?"
    )]
    [InlineData("shop:\n", "(1,1,1,5): error ASQL0004: profile 'shop' needs the key 'outputs'")]
    [InlineData("shop:\n  target: dev\n", "(1,1,1,5): error ASQL0004: profile 'shop' needs the key 'outputs'")]
    [InlineData("- shop\n", "(1,1,1,7): error ASQL0002: profiles.yml must be a mapping, but a list was found")]
    [InlineData("", "(1,1,1,1): error ASQL0002: profiles.yml must be a mapping, but nothing was found")]
    [InlineData(
        "shop:\n  target: prd\n  outputs: {dev: {}, prod: {}}\n",
        "(2,11,2,14): error ASQL0007: profile 'shop' has no target 'prd'; did you mean 'prod'? (it has: dev, prod)"
    )]
    [InlineData(
        "shop:\n  outputs: {prod: {}}\n",
        "(1,1,1,5): error ASQL0007: profile 'shop' has no target 'dev' (it has: prod)"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: snowflake}}\n",
        "(2,25,2,34): error ASQL0011: a target of type 'snowflake' is not supported"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {host: x}}\n",
        "(2,13,2,16): error ASQL0004: target 'dev' needs the key 'type'"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, port: abc}}\n",
        "(2,57,2,60): error ASQL0009: 'port' must be a whole number from 1 to 65535, but it is 'abc'"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, threads: 0}}\n",
        "(2,60,2,61): error ASQL0009: 'threads' must be a whole number from 1 to 1024, but it is '0'"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, sslmode: requird}}\n",
        "(2,60,2,67): error ASQL0009: 'sslmode' must be one of disable, allow, prefer, require, verify-ca, verify-full, but it is 'requird'; did you mean 'require'?"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, dbname: a, database: b}}\n",
        "(2,62,2,70): error ASQL0005: the key 'database' is given twice in one mapping"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, usr: a}}\n",
        "(2,51,2,54): warning ASQL0003: 'usr' is not a key of a postgres target; did you mean 'user'?"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, schema: \"{{ env_vr('X') }}\"}}\n",
        "(2,63,2,69): error ASQL1002: 'env_vr' is undefined; did you mean 'env_var'?"
    )]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, schema: \"{{ x }}\"}}\n",
        "(2,60,2,67): error ASQL1002: 'x' is undefined"
    )]
    [InlineData("shop:\n  outputs: {dev: {type: postgres, host: embedded, schema: \"{{ env_var( }}\"}}\n", null)]
    [InlineData(
        "shop:\n  outputs: {dev: {type: postgres, host: embedded, schema: \"{{ env_var() }}\"}}\n",
        "(2,63,2,72): error ASQL1005: env_var needs a name, for example env_var('NAME')"
    )]
    [InlineData("shop: [\n", "(1,7,1,8): error ASQL0001: '[' is not closed")]
    public void A_mistake_is_reported_at_its_place(string text, string? expected)
    {
        project.Write("profiles.yml", text);

        var result = Load();

        if (expected is not null)
        {
            Assert.Equal($"profiles.yml{expected}", Single(result));
        }

        Assert.Equal(
            result.Diagnostics.Any(found => found.ToString().Contains("error ", StringComparison.Ordinal)),
            result.Target is null
        );
    }

    [Fact]
    public void The_name_of_the_profile_may_be_a_template()
    {
        environment["DBT_PASSWORD"] = Secret;
        environment["PROFILE"] = "shop";
        project.Write("profiles.yml", Profiles);

        Assert.Equal("shop", Found(Load("{{ env_var('PROFILE') }}")).ProfileName);
        Assert.StartsWith(
            "error ASQL1009: environment variable 'NONE' is not set",
            Single(Load("{{ env_var('NONE') }}")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_target_needs_its_keys()
    {
        project.Write("profiles.yml", "shop:\n  outputs:\n    dev: {type: postgres}\n");

        Assert.Equal(
            ["host", "user", "database", "schema"],
            Load().Diagnostics.Select(diagnostic => diagnostic.Message.Split('\'')[3])
        );
    }

    // A secret in the wrong place is still a secret.
    [Theory]
    [InlineData("port: \"{{ env_var('PW') }}\"")]
    [InlineData("threads: \"{{ env_var('PW') }}\"")]
    [InlineData("sslmode: \"{{ env_var('PW') }}\"")]
    [InlineData("type: \"{{ env_var('PW') }}\"")]
    [InlineData("port: \"{{ env_var('PW') | as_number }}\"")]
    [InlineData("port: \"{{ env_var('PW') | int + 'x' }}\"")]
    [InlineData("schema: \"{{ env_var('PW').nope.deeper }}\"")]
    [InlineData("schema: \"{{ env_var('PW')() }}\"")]
    [InlineData("schema: \"{{ {}[env_var('PW')].x }}\"")]
    [InlineData("schema: \"{{ env_var(env_var('PW')) }}x\"")]
    [InlineData("schema: \"{{ var(env_var('PW')) }}x\"")]
    public void No_message_holds_what_a_template_read(string line)
    {
        environment["PW"] = Secret;
        var type = line.StartsWith("type", StringComparison.Ordinal) ? string.Empty : "type: postgres, ";
        project.Write("profiles.yml", $"shop:\n  outputs:\n    dev: {{{type}host: embedded, {line}}}\n");

        var result = Load();

        Assert.NotEmpty(result.Diagnostics);
        Assert.Null(result.Target);
        Assert.All(
            result.Diagnostics,
            diagnostic => Assert.DoesNotContain(Secret, diagnostic.ToString(), StringComparison.Ordinal)
        );
    }

    private ProfileResult Load(string? profile = "shop", string? target = null, PyDict? vars = null) =>
        ProfileLoader.Load(
            new ProfileRequest(
                profile,
                project.Path,
                user.Path,
                target,
                "the_project",
                new Variables(environment),
                vars
            )
        );

    private static TargetProfile Found(ProfileResult result)
    {
        Assert.Empty(result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return Assert.IsType<TargetProfile>(result.Target);
    }

    private static string Single(ProfileResult result) =>
        Assert.Single(result.Diagnostics.Select(diagnostic => diagnostic.ToString()));

    private sealed class Variables(Dictionary<string, string> values) : IEnvironment
    {
        public string? Get(string name) => values.GetValueOrDefault(name);
    }
}
