# Sourced by run, test and bench: says what is being done, and installs from Debian what is missing.

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
fail() { printf '\033[31mxx %s\033[0m\n' "$*" >&2; exit 1; }

# What recording needs; what tests of pages need; and what the test camera needs on top.
RECORDER_PACKAGES="ffmpeg util-linux tzdata curl openssl"
BROWSER_PACKAGES="chromium"
CAMERA_PACKAGES="python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav gstreamer1.0-rtsp gstreamer1.0-x"

# What the test without a network needs: one of its own, and somebody who notes what is reached for.
NETWORK_PACKAGES="iproute2 strace"

# The yardstick of what serves files: the portal is measured beside it.
YARDSTICK_PACKAGES="nginx-light"

# The database of a cluster of several silos.
DATABASE_PACKAGES="postgresql util-linux openssl"

need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "missing Debian packages; run: sudo apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing from Debian: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >/dev/null || fail "apt-get update failed; check the machine's package sources"
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "installing failed; run: apt-get install ${missing[*]}"
}

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing; install it as Microsoft describes for Debian 12 (package dotnet-sdk-10.0)"
}

# What fetches the portal's styles and player. Node.js may be there without Debian's package.
need_node() {
  command -v npm >/dev/null || need_packages nodejs npm
}

build() { # projects...
  local project
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  for project in "$@"; do
    say "building $project"
    dotnet build "$project" -c Release -v quiet --nologo -clp:ErrorsOnly || fail "building $project failed"
  done
}

# The tests with all that they start, compiled ahead, in a folder of their own.
PUBLISHED_TESTS=Tests/bin/published
publish_tests() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  say "building Tests"
  dotnet publish Tests -c Release -o "$PUBLISHED_TESTS" -v quiet --nologo -clp:ErrorsOnly || fail "building Tests failed"
}

free_port() { # from
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

wait_for() { # seconds what command...
  local left=$(($1 * 10)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 0.1
  done
}
