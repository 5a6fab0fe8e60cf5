using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RecordingCluster.Benchmarks;
using Spectre.Console;

var all = new Dictionary<string, Func<Task<IReadOnlyList<Measurement>>>>
{
    ["cipher"] = CipherBenchmark.Run,
    ["calls"] = CallBenchmark.Run,
    ["capture"] = CaptureBenchmark.Run,
    ["audit"] = AuditBenchmark.Run,
    ["chain"] = ChainBenchmark.Run,
    ["expiry"] = ExpiryBenchmark.Run,
    ["portal"] = PortalBenchmark.Run,
    ["cameras"] = CamerasBenchmark.Run,
    ["failover"] = FailOverBenchmark.Run,
    ["start"] = StartBenchmark.Run,
};

var names = new Argument<string[]>("NAME") { Description = $"Which to run: {string.Join(", ", all.Keys)}; all when none is named.", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. all.Keys]);
var json = new Option<string?>("--json") { Description = "Writes the numbers as JSON." };
var root = new RootCommand("Measures ours beside a yardstick of the same run.") { names, json };
root.SetAction(async parsed =>
{
    var chosen = parsed.GetValue(names) is { Length: > 0 } some ? some : [.. all.Keys];
    var measured = new List<Measurement>();
    foreach (var name in chosen)
    {
        measured.AddRange(await all[name]());
    }

    var table = new Table().AddColumns("name", "unit", "ours", "yardstick", "ratio", "aim", "met");
    foreach (var one in measured)
    {
        table.AddRow(
            one.Name, one.Unit, Number(one.Ours), Number(one.Yardstick), one.Ratio.ToString("F2", CultureInfo.InvariantCulture),
            (one.LessIsBetter ? "≤ " : "≥ ") + Number(one.Aim), one.Met ? "yes" : "no");
    }

    AnsiConsole.Write(table);
    if (parsed.GetValue(json) is { } file)
    {
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
            measured.Select(one => new { one.Name, one.Unit, one.Ours, one.Yardstick, one.Ratio, one.Aim, one.Met }),
            new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    }

    return 0;
});
return await root.Parse(args).InvokeAsync();

static string Number(double value) => value.ToString(value < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);
