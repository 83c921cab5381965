using Analytics.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
