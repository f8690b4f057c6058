#!/bin/sh
# Installs the Patchgate agent on this host and asks a manager to take it in. May be run again: what is done stays done.
set -eu

usage() {
  cat <<'END'
usage: install.sh --manager URL --token TOKEN [--agent-sha256 HEX] [--agent FILE] [enroll options]

  --manager URL        the manager's address; the agent is fetched from there
  --token TOKEN        from the page Agents, or: patchgate agent token create
  --agent-sha256 HEX   the digest the fetched agent must have
  --agent FILE         installs this agent.mjs in place of fetching one
  --root DIRECTORY     installs below this directory and starts nothing (for images)

Everything else (--address, --port, --allow) is passed to: patchgate-agent enroll
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

manager=
token=
digest=
agent=
root=
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --manager | --token | --agent-sha256 | --agent | --root | --address | --port | --allow)
      [ $# -ge 2 ] || fail "$1 wants a value"
      ;;
    *) usage >&2; fail "unknown option: $1" ;;
  esac
  case $1 in
    --manager) manager=${2%/} ;;
    --token) token=$2 ;;
    --agent-sha256) digest=$2 ;;
    --agent) agent=$2 ;;
    --root) root=${2%/} ;;
    *) extra="${extra:-} $1 $2" ;;
  esac
  # Nothing in these means anything to a shell, so the words can be put together and taken apart again.
  case $2 in
    *[!A-Za-z0-9:/._~@%+=,-]*) fail "$1: unexpected character in $2" ;;
  esac
  shift 2
done

config=$root/etc/patchgate-agent/agent.json
library=$root/usr/lib/patchgate-agent
unit=$root/etc/systemd/system/patchgate-agent.service

[ "$(id -u)" -eq 0 ] || fail 'run it as root: the agent installs packages'
if [ -z "$root" ] && [ ! -f "$config" ]; then
  [ -n "$manager" ] || { usage >&2; fail '--manager is missing'; }
  [ -n "$token" ] || { usage >&2; fail '--token is missing'; }
fi

find_node() {
  for candidate in /usr/bin/node /usr/local/bin/node "$(command -v node || true)" "$(command -v nodejs || true)"; do
    if [ ! -x "$candidate" ]; then continue; fi
    # The agent's sandbox hides homes, where version managers keep theirs.
    case $(readlink -f "$candidate") in /home/* | /root/*) continue ;; esac
    major=$("$candidate" -p 'process.versions.node.split(".")[0]' 2>/dev/null) || continue
    [ "$major" -ge 20 ] || continue
    printf '%s\n' "$candidate"
    return 0
  done
  return 1
}
node=$(find_node) || fail 'Node.js 20 or newer is missing outside of home directories; install it (for example: apt-get install nodejs, or from nodejs.org) and run this again'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

fetch() {
  # The manager's certificate is not known here yet; what is fetched is checked by its digest.
  if command -v curl >/dev/null 2>&1; then
    curl -fsSk --proto '=https,http' --max-time 120 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q --no-check-certificate -T 120 -O "$2" "$1"
  else
    fail 'neither curl nor wget is installed'
  fi
}

if [ -n "$agent" ]; then
  cp "$agent" "$work/agent.mjs"
elif [ -n "$manager" ]; then
  [ -n "$digest" ] || fail '--agent-sha256 is missing: without it nobody knows whose program this would be'
  fetch "$manager/agent/agent.mjs" "$work/agent.mjs" || fail "the agent could not be fetched from $manager"
else
  fail '--manager or --agent is missing'
fi
if [ -n "$digest" ]; then
  printf '%s  %s\n' "$digest" "$work/agent.mjs" | sha256sum -c - >/dev/null 2>&1 ||
    fail 'the agent that was fetched is not the one that was meant; nothing was installed'
fi
"$node" "$work/agent.mjs" --version >/dev/null || fail 'the agent does not run with this Node.js'

"$node" "$work/agent.mjs" unit >"$work/unit"

install -d -m 0755 "$library" "${unit%/*}" "${config%/*}" "$root/usr/sbin"
# Beside its place and then renamed, so that a running agent never sees half a file.
install -m 0644 "$work/agent.mjs" "$library/agent.mjs.new"
mv -f "$library/agent.mjs.new" "$library/agent.mjs"
install -m 0644 "$work/unit" "$unit"
printf '#!/bin/sh\nexec %s /usr/lib/patchgate-agent/agent.mjs "$@"\n' "$node" >"$work/command"
install -m 0755 "$work/command" "$root/usr/sbin/patchgate-agent"
printf 'Installed the agent %s.\n' "$("$node" "$work/agent.mjs" --version)"
[ -z "$root" ] || exit 0

if [ ! -f "$config" ]; then
  # shellcheck disable=SC2086 # words without blanks, checked above
  /usr/sbin/patchgate-agent enroll --manager "$manager" --token "$token" ${extra:-}
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable --quiet patchgate-agent.service
  systemctl restart patchgate-agent.service
  printf 'The agent runs: systemctl status patchgate-agent\n'
else
  printf 'systemd does not run this host; start the agent yourself: patchgate-agent --config %s\n' "$config"
fi
