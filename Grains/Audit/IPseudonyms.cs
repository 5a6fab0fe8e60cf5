namespace RecordingCluster.Grains.Audit;

/// <summary>Stands for a reference where the reference itself must not be stored (R19).</summary>
public interface IPseudonyms
{
    /// <summary>Today's pseudonym: the same for the same reference until the secret rotates, and nothing that leads back to it without the secret.</summary>
    string Of(string reference);

    /// <summary>All pseudonyms that a reference had under the secrets that are kept, so that what was stored can be found by it.</summary>
    IReadOnlyCollection<string> AllOf(string reference);
}
