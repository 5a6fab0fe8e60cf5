using Microsoft.Extensions.Localization;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Tests.Portal;

public sealed class TimeLeftTests
{
    [Theory]
    [InlineData("-00:00:01", "geen tijd meer")]
    [InlineData("00:00:01", "nog een minuut")]
    [InlineData("00:01:59", "nog een minuut")]
    [InlineData("00:02:00", "nog 2 minuten")]
    [InlineData("01:59:59", "nog 119 minuten")]
    [InlineData("1.23:00:00", "nog 47 uur")]
    [InlineData("13.12:00:00", "nog 13 dagen")]
    public void The_time_left_is_said_in_the_largest_unit_that_tells_it_and_never_in_one_of_many(string left, string said) =>
        Assert.Equal(said, AccessText.Left(TimeSpan.Parse(left, null), new Dutch()));

    /// <summary>The portal's own words, which are their own keys.</summary>
    private sealed class Dutch : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(null, name, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
