using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Asks for one recording to be made.</summary>
/// <param name="Booking">The talk.</param>
/// <param name="Room">Where it is held.</param>
/// <param name="Camera">What records it.</param>
/// <param name="StopAt">Booked end plus grace: the recorder stops there by itself (R4).</param>
[GenerateSerializer, Immutable, Alias("recording-order")]
public sealed record RecordingOrder(BookingId Booking, RoomId Room, CameraId Camera, DateTimeOffset StopAt);
