#!/usr/bin/python3
"""A real RTSP camera for trying out and for tests: a picture with a running clock, and a beep each second in step with it.

The loop is encoded once, at start or at the start of an earlier camera that was to keep it (--keep), and then replayed with
ever-growing timestamps, so that it costs next to nothing.
Prints `ready rtsp://ADDRESS:PORT/PATH` when it accepts connections. SIGUSR1 freezes the media while the server lives
on, SIGHUP only the sound, as of a microphone that dies, SIGUSR2 lets all flow again; SIGINT and SIGTERM end it, and so does
the end of its parent.
"""

import argparse
import ctypes
import hashlib
import os
import pickle
import signal
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

LOOP_SECONDS = 60  # so that the second shown is the wall clock's
AUDIO_LOOP_SECONDS = 120  # the shortest whole number of minutes that is also a whole number of AAC frames
FEED_EVERY_MS = 20

VIDEO = {
    "h264": (
        "x264enc tune=zerolatency speed-preset=ultrafast bitrate={kbps} key-int-max={gop} option-string=scenecut=0"
        " ! video/x-h264,profile=baseline,stream-format=byte-stream,alignment=au",
        "h264parse ! rtph264pay name=pay0 pt=96 aggregate-mode=zero-latency",
    ),
    "h265": (
        "x265enc tune=zerolatency speed-preset=ultrafast bitrate={kbps} key-int-max={gop}"
        " option-string=scenecut=0:bframes=0:open-gop=0:repeat-headers=1"
        " ! h265parse ! video/x-h265,stream-format=byte-stream,alignment=au",
        "h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1",
    ),
}

# encoder, payloader, rate, samples in one unit
AUDIO = {
    "pcma": ("alawenc", "rtppcmapay name=pay1 pt=8", 8000, 160),
    "pcmu": ("mulawenc", "rtppcmupay name=pay1 pt=0", 8000, 160),
    "aac": ("avenc_aac bitrate=48000 ! aacparse ! audio/mpeg,stream-format=raw", "rtpmp4gpay name=pay1 pt=97", 16000, 1024),
}


class Track:
    """Encoded units of one loop, each as bytes, start and length in nanoseconds, and whether one can begin there."""

    def __init__(self, description, loop_seconds, folder):
        self.loop_ns = loop_seconds * Gst.SECOND
        self.units = []
        self.caps = None
        kept = folder and os.path.join(folder, hashlib.sha256(description.encode()).hexdigest())
        if kept and os.path.exists(kept):
            with open(kept, "rb") as file:
                caps, self.units = pickle.load(file)
            self.caps = Gst.Caps.from_string(caps)
            return
        self.encode(description)
        if kept:
            own = f"{kept}-{os.getpid()}"  # of several at once each writes one, and the last stays
            with open(own, "wb") as file:
                pickle.dump((self.caps.to_string(), self.units), file)
            os.rename(own, kept)

    def encode(self, description):
        pipeline = Gst.parse_launch(description + " ! appsink name=sink sync=false")
        sink = pipeline.get_by_name("sink")
        pipeline.set_state(Gst.State.PLAYING)
        first = None
        while sample := sink.emit("pull-sample"):
            buffer = sample.get_buffer()
            self.caps = sample.get_caps()
            first = buffer.pts if first is None else first
            start = buffer.pts - first
            if start < self.loop_ns:
                begins = not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
                self.units.append((buffer.extract_dup(0, buffer.get_size()), start, buffer.duration, begins))
        pipeline.set_state(Gst.State.NULL)


class Feed:
    """Replays a track into one appsrc, from the second of the minute at which it was started, or the whole picture before it."""

    def __init__(self, source, track, second):
        self.source = source
        self.track = track
        self.round = 0
        self.index = max(i for i, unit in enumerate(track.units) if unit[1] <= second * Gst.SECOND and unit[3])
        self.offset = track.units[self.index][1]

    def push_until(self, elapsed, silent):
        while True:
            data, start, duration, begins = self.track.units[self.index]
            pts = self.round * self.track.loop_ns + start - self.offset
            if pts > elapsed:
                return
            self.index += 1
            if self.index == len(self.track.units):
                self.index, self.round = 0, self.round + 1
            if silent:
                self.was_silent = True
                continue
            if getattr(self, "was_silent", False) and not begins:
                continue  # after a freeze one can only begin at a whole picture
            self.was_silent = False
            buffer = Gst.Buffer.new_wrapped(data)
            buffer.pts = buffer.dts = pts
            buffer.duration = duration
            self.source.emit("push-buffer", buffer)


class CameraFactory(GstRtspServer.RTSPMediaFactory):
    """One pipeline that all clients share."""

    def __init__(self, tracks, launch):
        super().__init__()
        self.tracks = tracks
        self.frozen = set()  # names of tracks
        self.set_launch(launch)
        self.set_shared(True)

    def do_configure(self, media):
        GstRtspServer.RTSPMediaFactory.do_configure(self, media)
        second = int(time.time()) % LOOP_SECONDS
        begun = time.monotonic_ns()
        feeds = []
        for name, track in self.tracks.items():
            source = media.get_element().get_by_name_recurse_up(name)
            source.set_property("caps", track.caps)
            feeds.append((name, Feed(source, track, second)))

        def feed():
            elapsed = time.monotonic_ns() - begun
            for name, one in feeds:
                one.push_until(elapsed, name in self.frozen)
            return GLib.SOURCE_CONTINUE

        timer = GLib.timeout_add(FEED_EVERY_MS, feed)
        media.connect("unprepared", lambda _: GLib.source_remove(timer))


def describe_video(options):
    encoder, payloader = VIDEO[options.video]
    gop = max(1, round(options.gop_seconds * options.fps))
    width, height = options.size.split("x")
    source = (
        f"videotestsrc pattern=ball num-buffers={LOOP_SECONDS * options.fps}"
        f" ! video/x-raw,format=I420,width={width},height={height},framerate={options.fps}/1"
        f' ! textoverlay text="{options.label}" valignment=bottom halignment=left font-desc="Sans 20"'
        ' ! timeoverlay valignment=center halignment=center font-desc="Sans 36"'
    )
    return f"{source} ! {encoder.format(kbps=options.kbps, gop=gop)}", payloader


def describe_audio(options):
    encoder, payloader, rate, samples = AUDIO[options.audio]
    source = (
        f"audiotestsrc wave={'silence' if options.silent else 'ticks'} freq=880 sine-periods-per-tick=88 tick-interval=1000000000 marker-tick-period=10"
        f" marker-tick-volume=1.0 volume=0.4 samplesperbuffer={samples}"
        f" num-buffers={AUDIO_LOOP_SECONDS * rate // samples}"
        f" ! audio/x-raw,format={'F32LE,layout=interleaved' if options.audio == 'aac' else 'S16LE'},rate={rate},channels=1"
    )
    return f"{source} ! {encoder}", payloader


def login(server, factory, credentials_file):
    with open(credentials_file, encoding="utf-8") as file:
        user, password = file.readline().rstrip("\n").split(":", 1)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_role("viewer")
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8554)
    parser.add_argument("--path", default="/camera")
    parser.add_argument("--video", choices=VIDEO, default="h264")
    parser.add_argument("--audio", choices=[*AUDIO, "none"], default="pcma")
    parser.add_argument("--silent", action="store_true", help="sound is sent, and there is nothing to hear in it")
    parser.add_argument("--fps", type=int, default=15)
    parser.add_argument("--gop-seconds", type=float, default=1.0)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--kbps", type=int, default=800)
    parser.add_argument("--label", default="camera")
    parser.add_argument("--keep", help="a folder of one's own in which what was encoded is kept for the next camera that is to send the same")
    parser.add_argument("--credentials", help="a file with one line user:password; digest login is asked for then")
    options = parser.parse_args()

    ctypes.CDLL("libc.so.6").prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: no camera without somebody who started it
    Gst.init(None)
    video, video_pay = describe_video(options)
    tracks = {"video": Track(video, LOOP_SECONDS, options.keep)}
    live = "appsrc name={0} is-live=true format=time max-bytes=0"
    launch = f"{live.format('video')} ! {video_pay}"
    if options.audio != "none":
        audio, audio_pay = describe_audio(options)
        tracks["audio"] = Track(audio, AUDIO_LOOP_SECONDS, options.keep)
        launch += f" {live.format('audio')} ! {audio_pay}"

    server = GstRtspServer.RTSPServer()
    server.set_address(options.address)
    server.set_service(str(options.port))
    factory = CameraFactory(tracks, f"( {launch} )")
    if options.credentials:
        login(server, factory, options.credentials)
    server.get_mount_points().add_factory(options.path, factory)
    if server.attach(None) == 0:
        raise SystemExit(f"port {options.port} is taken; give another with --port")

    loop = GLib.MainLoop()

    def freeze(frozen):
        factory.frozen = frozen
        return GLib.SOURCE_CONTINUE

    for number, action in (
        (signal.SIGUSR1, lambda: freeze({"video", "audio"})),
        (signal.SIGHUP, lambda: freeze({"audio"})),
        (signal.SIGUSR2, lambda: freeze(set())),
        (signal.SIGINT, loop.quit),
        (signal.SIGTERM, loop.quit),
    ):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, action)
    print(f"ready rtsp://{options.address}:{options.port}{options.path}", flush=True)
    loop.run()


main()
