namespace RecordingCluster.Grains.Reports;

/// <summary>Figures as they may be published: one under five could point at somebody, so it is left out.</summary>
/// <remarks>There are no totals: with one figure left out, its total would tell it. What is measured of so few is left out with them.</remarks>
public static class PublishedFigures
{
    public const int Least = 5;

    /// <summary>Name and value of each figure, in the order of the report; null for one that is left out.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(RoomFigures room, bool published)
    {
        double? Whole(int count) => published && count < Least ? null : count;
        double? Measured(double value, int of) => published && of < Least ? null : Math.Round(value, 1);

        return
        [
            ("talks", Whole(room.Talks)),
            ("recorded", Whole(room.Recorded)),
            ("objections", Whole(room.Objections)),
            ("objectionsUpheld", Whole(room.ObjectionsUpheld)),
            ("objectionsRejected", Whole(room.ObjectionsRejected)),
            ("requests", Whole(room.Requests)),
            ("approved", Whole(room.Approved)),
            ("refused", Whole(room.Refused)),
            ("viewings", Whole(room.Viewings)),
            ("minutesWatched", Measured(room.MinutesWatched, room.Viewings)),
            ("erasures", Whole(room.Erasures)),
            ("erasedLate", Whole(room.ErasedLate)),
            ("longestLatenessMinutes", Measured(room.LongestLatenessMinutes, room.Erasures)),
            ("gaps", Whole(room.Gaps)),
            ("gapMinutes", Measured(room.GapMinutes, room.Gaps)),
            ("noticesMissed", Whole(room.NoticesMissed)),
        ];
    }
}
