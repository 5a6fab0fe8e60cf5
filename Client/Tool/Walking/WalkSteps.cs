using System.Globalization;
using Spectre.Console;

namespace RecordingCluster.Tool.Walking;

/// <summary>Takes the steps of the walk, times them, and prints each with what proves it. A step that fails ends its way.</summary>
internal sealed class WalkSteps(TimeProvider clock)
{
    private readonly List<WalkStep> taken = [];

    public IReadOnlyList<WalkStep> Taken
    {
        get
        {
            lock (taken)
            {
                return [.. taken];
            }
        }
    }

    /// <exception cref="StepFailedException">The step did not hold.</exception>
    public async Task Take(string name, Func<Task<string>> step)
    {
        var begun = clock.GetTimestamp();
        try
        {
            Note(name, true, begun, await step());
        }
        catch (Exception fault) when (fault is not StepFailedException)
        {
            Note(name, false, begun, fault.Message);
            throw new StepFailedException(name, fault);
        }
    }

    private void Note(string name, bool ok, long begun, string proof)
    {
        var step = new WalkStep(name, ok, Math.Round(clock.GetElapsedTime(begun).TotalSeconds, 3), proof);
        lock (taken)
        {
            taken.Add(step);
            AnsiConsole.MarkupLine($"{(ok ? "[green]  ok  [/]" : "[red] FAIL [/]")} {step.Seconds.ToString("F1", CultureInfo.InvariantCulture),7} s  [bold]{Markup.Escape(name)}[/]");
            AnsiConsole.WriteLine($"                 {proof}");
        }
    }
}

/// <summary>A step of the walk did not hold; it is in the report already.</summary>
internal sealed class StepFailedException(string step, Exception cause) : Exception($"The step did not hold: {step}.", cause);
