// Plays one viewing, and ends it at once, with a sentence, when its grant ends. It keeps nothing: no picture stays in the
// page, and the server says of each fragment that it is not to be stored.
import { onSubmit, post, send, sentence } from "./portal.js";

// Twice in the second within which a withdrawal has to be seen (R13).
const checkEvery = 500;

// What may be in hand ahead: enough for a slow conversion, and little to throw away.
const secondsAhead = 10;

// A server that is started again is back within half a minute or so; the grant's term goes on meanwhile.
const askAgainAfter = 3000;

const section = document.querySelector(".player");
const over = JSON.parse(section.dataset.over);
const frame = section.querySelector(".player__frame");
const picture = section.querySelector(".player__picture");
const closing = section.querySelector(".player__over");
const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const [seek, speed, volume] = ["seek", "speed", "volume"].map((name) => section.querySelector(`[name=${name}]`));
const button = (key) => section.querySelector(`[data-key=${key}]`);
const shows = (name) => section.querySelector(`[data-shows=${name}]`);

let viewing = null;

function length(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${`${whole % 60}`.padStart(2, "0")}`;
}

class Viewing {
  constructor({ playlist }) {
    this.path = playlist.slice(0, playlist.lastIndexOf("/"));
    this.frameSeconds = 1 / 15;
    this.video = document.createElement("video");
    this.video.playsInline = true;
    this.video.disablePictureInPicture = true;
    this.video.disableRemotePlayback = true;
    this.hls = new Hls({ enableWorker: false, maxBufferLength: secondsAhead, maxMaxBufferLength: secondsAhead, backBufferLength: 3 * secondsAhead });
    this.damaged = [];
    this.isAway = false;
    this.hls.on(Hls.Events.ERROR, (_, fault) => this.failed(fault));
    for (const came of [Hls.Events.MANIFEST_LOADED, Hls.Events.FRAG_LOADED]) {
      this.hls.on(came, () => this.isAway = false);
    }
    this.hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => Object.values(details.dateRanges)
      .filter((range) => range.class === "damaged").forEach((range) => this.isDamaged(range.startDate, range.duration)));
    this.playlist = playlist;
    this.hls.loadSource(playlist);
    this.hls.attachMedia(this.video);
    section.querySelector(".player__video").append(this.video);
    for (const event of ["timeupdate", "durationchange", "play", "pause", "volumechange", "ratechange", "seeked"]) {
      this.video.addEventListener(event, () => this.show());
    }
    this.video.addEventListener("contextmenu", (event) => event.preventDefault());
    this.watchFrames();
    this.timer = setInterval(() => this.check(), checkEvery);
    this.marks = setInterval(() => this.mark(), 1000);
    this.mark();
  }

  // How long a picture lasts is seen as they pass; a jump to another place says nothing of it.
  watchFrames() {
    let before = null;
    this.video.addEventListener("seeking", () => before = null);
    const seen = (_, { mediaTime }) => {
      if (before !== null && mediaTime > before && mediaTime - before < 1) {
        this.frameSeconds = Math.min(this.frameSeconds * 2, Math.max(1 / 120, mediaTime - before));
      }
      before = mediaTime;
      this.video.requestVideoFrameCallback(seen);
    };
    this.video.requestVideoFrameCallback(seen);
  }

  mark() {
    section.querySelectorAll(".player__mark time").forEach((time) => time.textContent = clock.format(new Date()));
  }

  async check() {
    const answer = await send(this.path, null, "GET").catch(() => null);
    if (viewing !== this) {
      return;
    }
    if (answer === null) {
      // Whether it may go on is not known now: nothing is shown until it is.
      this.video.pause();
      section.querySelector("output").textContent = sentence(new TypeError());
      frame.classList.add("player__frame--unknown");
    } else if (answer.ok || answer.status === 429 || answer.status === 503) {
      section.querySelector("output").textContent = this.isAway ? over.away : "";
      frame.classList.remove("player__frame--unknown");
    } else {
      this.end(answer.status === 401 ? over.signedOut : over[answer.data.why] ?? over.ended);
    }
  }

  // What is on a server that is away answers 503: it is there, and is asked for again until that server is back, since a viewing that
  // ended would have used up its turn. What is damaged answers 422: it is left out, as if the playlist had marked it with
  // EXT-X-GAP, and what comes after it is shown.
  async failed({ fatal, frag, response }) {
    const isAway = response?.code === 503;
    this.isAway ||= isAway;
    const isDamaged = response?.code === 422 && Number.isInteger(frag?.sn);
    if (isDamaged && !frag.gap) {
      frag.gap = true;
      frag.tagList.push(["GAP"]);
      this.isDamaged(new Date(frag.programDateTime), frag.duration);
    }
    if (!fatal) {
      return;
    }
    await this.check();
    if (viewing !== this) {
      return;
    }
    if (isDamaged) {
      this.hls.startLoad();
    } else if (isAway) {
      this.again = setTimeout(() => this.hls.levels.length ? this.hls.startLoad() : this.hls.loadSource(this.playlist), askAgainAfter);
    } else {
      this.end(over.broken);
    }
  }

  isDamaged(from, seconds) {
    this.damaged.push({ from: from.getTime(), until: from.getTime() + 1000 * seconds });
    this.damaged.sort((one, other) => one.from - other.from);
    const told = this.damaged.map(({ from, until }) => `${clock.format(from)} – ${clock.format(until)}`).join(", ");
    shows("damaged").textContent = over.damaged.replace("{stretches}", told);
    shows("damaged").hidden = false;
  }

  show() {
    const { currentTime, duration, paused, muted } = this.video;
    seek.max = Number.isFinite(duration) ? duration : 1;
    seek.value = currentTime;
    shows("position").textContent = length(currentTime);
    shows("length").textContent = length(Number(seek.max));
    const moment = this.hls.playingDate;
    shows("clock").textContent = moment ? clock.format(moment) : "";
    seek.setAttribute("aria-valuetext", `${length(currentTime)} ${shows("clock").textContent}`);
    button("play").textContent = paused ? button("play").dataset.paused : button("play").dataset.playing;
    button("mute").setAttribute("aria-pressed", `${muted}`);
  }

  toggle() {
    return this.video.paused ? this.video.play() : this.video.pause();
  }

  move(seconds) {
    this.video.currentTime = Math.max(0, Math.min(this.video.duration || 0, this.video.currentTime + seconds));
  }

  step(direction) {
    this.video.pause();
    this.move(direction * this.frameSeconds);
  }

  louder(by) {
    this.video.muted = false;
    volume.value = this.video.volume = Math.max(0, Math.min(1, this.video.volume + by));
  }

  full() {
    return document.fullscreenElement ? document.exitFullscreen() : picture.requestFullscreen();
  }

  async stop() {
    const { path } = this;
    this.end(over.ended);
    await send(path, {}, "DELETE");
  }

  end(words) {
    clearInterval(this.timer);
    clearInterval(this.marks);
    clearTimeout(this.again);
    viewing = null;
    this.video.pause();
    this.hls.destroy();
    this.video.removeAttribute("src");
    this.video.load();
    this.video.remove();
    if (document.fullscreenElement) {
      document.exitFullscreen();
    }
    frame.remove();
    closing.textContent = words;
    closing.hidden = false;
  }
}

onSubmit("form[data-do=look]", async (form) => {
  const begun = await post(`/access-requests/${section.dataset.request}/viewings`, {});
  form.querySelectorAll("p, button").forEach((part) => part.remove());
  document.querySelector("[data-shows=left]")?.remove(); // it said how often before this
  frame.hidden = false;
  viewing = new Viewing(begun);
  picture.focus();
  await viewing.video.play().catch(() => {}); // where a browser wants another click, the button is there
});

const keys = {
  "play": () => viewing.toggle(),
  "back": () => viewing.move(-5),
  "forth": () => viewing.move(5),
  "frame-back": () => viewing.step(-1),
  "frame-forth": () => viewing.step(1),
  "mute": () => viewing.video.muted = !viewing.video.muted,
  "full": () => viewing.full(),
  "stop": () => viewing.stop(),
};
for (const [key, deed] of Object.entries(keys)) {
  button(key).addEventListener("click", () => viewing && deed());
}
seek.addEventListener("input", () => viewing && (viewing.video.currentTime = Number(seek.value)));
speed.addEventListener("change", () => viewing && (viewing.video.playbackRate = Number(speed.value)));
volume.addEventListener("input", () => viewing && (viewing.video.volume = Number(volume.value)));

const strokes = {
  " ": keys.play, "k": keys.play, "ArrowLeft": keys.back, "ArrowRight": keys.forth, ",": keys["frame-back"], ".": keys["frame-forth"],
  "m": keys.mute, "f": keys.full, "ArrowUp": () => viewing.louder(0.1), "ArrowDown": () => viewing.louder(-0.1),
};
picture.addEventListener("keydown", (event) => {
  const deed = strokes[event.key];
  if (viewing && deed && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    deed();
  }
});

// Whoever leaves the page has looked enough: what was watched is closed in the trail.
addEventListener("pagehide", () => viewing && fetch(viewing.path, {
  method: "DELETE", keepalive: true, headers: { "X-CSRF-TOKEN": document.querySelector("input[name=__RequestVerificationToken]")?.value ?? "" },
}));
