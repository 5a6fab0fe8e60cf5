namespace RecordingCluster.Grains;

/// <summary>Stores a decision: what is unchanged is not written, and what could not be written did not happen.</summary>
internal static class StoredState
{
    public static async Task Store<T>(this IPersistentState<T> stored, T next)
        where T : class
    {
        var before = stored.State;
        if (next.Equals(before))
        {
            return;
        }

        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // The grain must not answer from what only its memory holds.
            stored.State = before;
            throw;
        }
    }
}
