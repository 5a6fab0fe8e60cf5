using Microsoft.Playwright;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>One page as somebody sees it.</summary>
/// <param name="Route">Its route, as the approved table has it.</param>
/// <param name="Path">Its address.</param>
/// <param name="Person">Who opens it: a person of the demo, or nobody.</param>
/// <param name="State">In a word or two; part of the name of its picture.</param>
/// <param name="Act">What is done on it before it is looked at.</param>
internal sealed record PageVisit(string Route, string Path, string Person, string State, Func<IPage, Task>? Act = null)
{
    private static readonly string[] Pictured = ["filled", "open", "granted", "to-activate", "checked", "searched", "found", "letter", "sticker", "booked", "ended"];

    public const string Nobody = "nobody";

    /// <summary>A page whose address is its route.</summary>
    public PageVisit(string route, string person, string state, Func<IPage, Task>? act = null)
        : this(route, route, person, state, act)
    {
    }

    /// <summary>What is not there, or not for this person; a page of which the state names nothing is not there either.</summary>
    public bool IsRefused => State.StartsWith("refused", StringComparison.Ordinal) || (State, Route) is ("empty", "/regulation/public");

    /// <summary>What its picture is called: by route and state.</summary>
    public string Picture => $"{(Route == "/" ? "today" : Route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Trim('/').Replace('/', '-'))}-{State}";

    /// <summary>Of each page what shows best what it is for; what is empty, or refused, is walked and not pictured.</summary>
    public bool IsPictured => Pictured.Contains(State) && !IsTwice;

    /// <summary>Two that are pictured in the dark and on a telephone too.</summary>
    public bool IsPicturedTwice => (State, Route) is ("filled", "/watch" or "/find/{recording}");

    // Where a fuller picture of the same page is taken.
    private bool IsTwice => (State, Route) is ("searched", "/watch/certificates") or ("filled", "/watch/trail" or "/watch/chain" or "/regulation/differences");

    public override string ToString() => $"{Route} ({Person}, {State})";
}
