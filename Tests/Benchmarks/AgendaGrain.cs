using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Benchmarks;

/// <summary>A grain that only answers: what is measured is the way of a call to it and back.</summary>
[Alias("agenda")]
public interface IAgendaGrain : IGrainWithStringKey
{
    /// <summary>Who comes next, of two dozen.</summary>
    [Alias("next"), AllowedTo(Roles.BookingSystem, Query = true)]
    Task<BookingId> Next();
}

[GrainType("agenda")]
internal sealed class AgendaGrain : Grain, IAgendaGrain
{
    private int calls;

    public Task<BookingId> Next() => Task.FromResult(new BookingId($"https://bookings.example/{calls++ % 24}"));
}
