#!/usr/bin/env bash
# A PostgreSQL server from Debian's package, for tests and the demo: on loopback, with TLS alone, by a CA of its own.
# server.sh FOLDER PORT [setting=value]…
# ADDRESS, in the environment, is one more address at which it listens, for machines of its network.
# FOLDER gets ca.crt, the password of the account recording_cluster in a file for the caller alone, and the data, which stay.
# Says "ready" once the database recording_cluster answers. Stops when its standard input closes, or by SIGTERM.
set -eu
folder=$1 port=$2
shift 2
binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
account=recording_cluster
umask 077
mkdir -p "$folder"
cd "$folder"

# The server refuses to run as root. Its own user reaches the data and nothing else here.
as=() owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
  chmod a+x .
  "${as[@]}" test -x . || { echo "the user postgres cannot reach $PWD: each folder above it must let others pass (chmod o+x)" >&2; exit 1; }
fi
server() { "${as[@]}" "$binaries/$1" -D data -s "${@:2}"; }

make_certificates() {
  local make=(openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  "${make[@]}" -x509 -keyout ca.key -out ca.crt -days 3650 -subj "/CN=database CA"
  "${make[@]}" -keyout server.key -out server.csr -subj "/CN=database"
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -out server.crt \
    -extfile <(printf 'subjectAltName=IP:127.0.0.1%s\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\n' "${ADDRESS:+,IP:$ADDRESS}")
  rm server.csr ca.key
}

if [ ! -e whole ]; then
  rm -rf data
  install -d -o "$owner" -m 700 data
  make_certificates 2> certificates.log
  head -c 18 /dev/urandom | base64 > password
  install -o "$owner" -m 600 password initial
  "${as[@]}" "$binaries/initdb" -D data -U "$account" --pwfile=initial --auth=scram-sha-256 --locale=C.UTF-8 --no-sync > initdb.log
  install -o "$owner" -m 600 server.crt server.key data
  printf 'hostssl all all %s scram-sha-256\n' 127.0.0.1/32 ${ADDRESS:+samenet} | "${as[@]}" tee data/pg_hba.conf > /dev/null
  rm initial server.key
fi

settings="-p $port -c listen_addresses=127.0.0.1${ADDRESS:+,$ADDRESS} -c unix_socket_directories= -c ssl=on -c ssl_min_protocol_version=TLSv1.3 -c max_connections=300 -c timezone=UTC"
for setting in "$@"; do settings+=" -c $setting"; done
"${as[@]}" touch data/log
server pg_ctl start -w -t 60 -l data/log -o "$settings" > /dev/null || { tail -20 data/log >&2; exit 1; }
trap 'server pg_ctl stop -w -m fast > /dev/null' EXIT
trap 'exit 0' TERM INT

export PGPASSWORD PGSSLMODE=verify-full PGSSLROOTCERT=ca.crt
PGPASSWORD=$(cat password)
if [ ! -e whole ]; then
  "$binaries/createdb" -h 127.0.0.1 -p "$port" -U "$account" "$account"
  touch whole
fi
echo ready

exec 3<&0
cat <&3 > /dev/null &
wait $!
