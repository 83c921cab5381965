using Analytics.Deployment.Applying.Connecting;
using Npgsql;

namespace Analytics.Deployment.Tests.Applying.Connecting;

public sealed class TransientErrorsTests
{
    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("57P01")]
    [InlineData("57P03")]
    [InlineData("53300")]
    public void What_the_server_may_not_say_again_is_of_the_moment(string state) =>
        Assert.True(TransientErrors.IsTransient(Error(state)));

    [Theory]
    [InlineData("22012")]
    [InlineData("23505")]
    [InlineData("28P01")]
    [InlineData("42P01")]
    [InlineData("42501")]
    [InlineData("53100")]
    [InlineData("55P03")]
    [InlineData("57014")]
    [InlineData("57P02")]
    public void What_it_would_say_again_is_not(string state) => Assert.False(TransientErrors.IsTransient(Error(state)));

    [Fact]
    public void A_connection_that_broke_is_of_the_moment_and_a_bug_is_not()
    {
        Assert.True(TransientErrors.IsTransient(new NpgsqlException("gone", new IOException())));
        Assert.False(TransientErrors.IsTransient(new InvalidOperationException()));
        Assert.False(TransientErrors.IsTransient(new OperationCanceledException()));
    }

    private static PostgresException Error(string state) => new("message", "ERROR", "ERROR", state);
}
