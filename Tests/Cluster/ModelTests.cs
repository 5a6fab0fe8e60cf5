using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Random commands by all roles over a month, against a model of the rules that is small enough to be believed.</summary>
public sealed class ModelTests
{
    private static readonly ImmutableArray<Func<Model, Step, Task>> Commands =
    [
        // The first are what a day is made of; they come as often as the rest together.
        (model, step) => model.Book(step), (model, step) => model.Start(step), (model, step) => model.Stop(step), (model, step) => model.Ask(step),
        (model, step) => model.Approve(step), (model, step) => model.BeginViewing(step), (model, step) => model.Serve(step), (model, step) => model.Minutes(step),
        (model, step) => model.Letter(step), (model, step) => model.Sticker(step), (model, step) => model.StartUnrecorded(step), (model, step) => model.Object(step),
        (model, step) => model.Uphold(step), (model, step) => model.Reject(step), (model, step) => model.Confirm(step), (model, step) => model.Reassess(step),
        (model, step) => model.Swap(step), (model, step) => model.Lengthen(step), (model, step) => model.Cancel(step), (model, step) => model.Refuse(step),
        (model, step) => model.Withdraw(step), (model, step) => model.Days(step), (model, _) => model.Sweep(),
    ];

    private static readonly Gen<int> Command = Gen.Frequency((1, Gen.Int[0, 7]), (1, Gen.Int[8, Commands.Length - 1]));

    // Mostly who does such things; now and then anybody.
    private static readonly Gen<Caller?> Who = Gen.Int[0, 9].Select(Gen.Int[0, CallTable.Callers.Length - 1], (often, caller) => often < 8 ? null : CallTable.Callers[caller]);

    private static readonly Gen<Step> Steps = Gen.Select(Command, Gen.Int[0, 2], Gen.Int[0, 31], Who, (command, talk, number, who) => new Step(command, talk, number, who));

    [Fact]
    public Task Whatever_is_commanded_by_whomever_over_a_month_the_rules_hold() => Steps.Array[60, 160].SampleAsync(
        async steps =>
        {
            await using var cluster = await TestCluster.Start();
            var model = new Model(cluster);
            await model.Begin();
            foreach (var step in steps)
            {
                await Commands[step.Command](model, step);
                model.CheckTerms();
            }

            await model.CheckTheEnd();
        },
        iter: 12,
        threads: 1,
        print: steps => string.Join('\n', steps.Select(step => step.ToString())));
}

/// <summary>One command.</summary>
/// <param name="Command">Which.</param>
/// <param name="Talk">Of which talk.</param>
/// <param name="Number">What it is given, as each command reads it.</param>
/// <param name="Who">Who calls; null for who mostly does.</param>
internal sealed record Step(int Command, int Talk, int Number, Caller? Who);
