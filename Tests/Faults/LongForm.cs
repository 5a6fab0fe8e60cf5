namespace RecordingCluster.Tests.Faults;

/// <summary>What takes long comes in a short form, which each run of the tests has, and in a long one: <c>./test --long</c> sets TEST_LONG.</summary>
internal static class LongForm
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("TEST_LONG") == "1";

    public static int Times(int shortForm, int longForm) => IsAsked ? longForm : shortForm;
}
