namespace RecordingCluster.Silo.Vault;

/// <summary>Does the same with many things that each wait for the disk: the disk serves those that wait together in one turn.</summary>
/// <remarks>Threads of its own, since waiting ones would starve the grains on the pool's.</remarks>
internal static class Crew
{
    // Beyond this the disk gained nothing (measured with fsync on ext4).
    private const int Hands = 16;

    /// <param name="items">The things.</param>
    /// <param name="act">Keeps its faults to itself.</param>
    public static void ForEach<T>(IReadOnlyList<T> items, Action<T> act)
    {
        if (items.Count <= 1)
        {
            foreach (var item in items)
            {
                act(item);
            }

            return;
        }

        var next = -1;
        var hands = Enumerable.Range(0, Math.Min(Hands, items.Count)).Select(number => new Thread(Work) { IsBackground = true, Name = $"vault {number}" }).ToList();
        hands.ForEach(hand => hand.Start());
        hands.ForEach(hand => hand.Join());

        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
            {
                act(items[i]);
            }
        }
    }
}
