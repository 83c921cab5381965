using System.Text.Json;
using Analytics.Deployment.Planning.Selection.State;

namespace Analytics.Deployment.Planning.Retrying;

/// <summary>What an earlier run was told beside its selection; a retry is told the same. Variables are not noted, for they may be secrets.</summary>
/// <param name="Target">The target's name; null when it is not noted.</param>
/// <param name="FullRefresh">See <see cref="PublishRequest.FullRefresh"/>.</param>
/// <param name="StoreFailures">See <see cref="PublishRequest.StoreFailures"/>.</param>
/// <param name="FailFast">See <see cref="PublishRequest.FailFast"/>.</param>
/// <param name="Empty">See <see cref="PublishRequest.Empty"/>.</param>
/// <param name="Sample">See <see cref="PublishRequest.Sample"/>; empty for none.</param>
/// <param name="EachNode">Whether each node became visible by itself.</param>
/// <param name="EventTimeStart">See <see cref="PublishRequest.EventTimeStart"/>; empty for none.</param>
/// <param name="EventTimeEnd">See <see cref="PublishRequest.EventTimeEnd"/>; empty for none.</param>
internal sealed record EarlierSwitches(
    string? Target,
    bool FullRefresh,
    bool StoreFailures,
    bool FailFast,
    bool Empty,
    string Sample,
    bool EachNode,
    string EventTimeStart,
    string EventTimeEnd
)
{
    /// <summary>Reads <c>args</c> of <c>run_results.json</c>.</summary>
    public static EarlierSwitches Read(JsonElement args)
    {
        bool Flag(string key) => ManifestView.At(args, key).ValueKind == JsonValueKind.True;
        return new EarlierSwitches(
            EarlierRun.Text(args, "target"),
            Flag("full_refresh"),
            Flag("store_failures"),
            Flag("fail_fast"),
            Flag("empty"),
            EarlierRun.Text(args, "sample") ?? string.Empty,
            EarlierRun.Text(args, "cut_over") == "node",
            EarlierRun.Text(args, "event_time_start") ?? string.Empty,
            EarlierRun.Text(args, "event_time_end") ?? string.Empty
        );
    }

    /// <summary>The request with what the earlier run was told; what is asked for now stands.</summary>
    public PublishRequest Over(PublishRequest request) =>
        request with
        {
            TargetName = request.TargetName ?? Target,
            FullRefresh = request.FullRefresh || FullRefresh,
            StoreFailures = request.StoreFailures || StoreFailures,
            FailFast = request.FailFast || FailFast,
            Empty = request.Empty || Empty,
            Sample = request.Sample.Length > 0 ? request.Sample : Sample,
            CutOver = EachNode ? CutOverMode.Node : request.CutOver,
            EventTimeStart = request.EventTimeStart.Length > 0 ? request.EventTimeStart : EventTimeStart,
            EventTimeEnd = request.EventTimeEnd.Length > 0 ? request.EventTimeEnd : EventTimeEnd,
        };
}
