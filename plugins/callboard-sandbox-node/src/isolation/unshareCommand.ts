import { INSIDE, SHARED_MEMORY_BYTES, type SandboxSpec } from './SandboxSpec';

/**
 * The steps of the sandbox as a script for `sh`, run as root of a new user
 * namespace. Arguments: an empty folder, `ro OUTSIDE INSIDE`, `rw OUTSIDE INSIDE`,
 * `ln TARGET INSIDE`, then `run UID GID` and the command.
 */
const SCRIPT = `
set -eu
PATH="$PATH:/usr/sbin:/sbin"
root=$1; shift
mount -t tmpfs -o size=1m,mode=755 none "$root"
bind() {
  if [ -d "$1" ]; then mkdir -p "$root$2"
  elif [ ! -e "$root$2" ]; then mkdir -p "$root\${2%/*}"; : > "$root$2"; fi
  mount --bind "$1" "$root$2"
}
freeze() {
  for more in '' ,nosuid,nodev ,nosuid,nodev,noexec ,nosuid,nodev,noatime; do
    mount -o "remount,bind,ro$more" "$1" 2>/dev/null && return
  done
  return 1
}
while [ "$1" != run ]; do
  case "$1" in
    ro) bind "$2" "$3"; freeze "$root$3" ;;
    rw) bind "$2" "$3" ;;
    ln) ln -s "$2" "$root$3" ;;
  esac
  shift 3
done
for name in null zero full random urandom tty; do bind "/dev/$name" "/dev/$name"; done
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"; ln -s fd/1 "$root/dev/stdout"; ln -s fd/2 "$root/dev/stderr"
mkdir "$root/dev/shm" "$root/proc" "$root/.old"
mount -t tmpfs -o size=${SHARED_MEMORY_BYTES},mode=1777 none "$root/dev/shm"
mount -t proc none "$root/proc"
uid=$2 gid=$3; shift 3
ip link set lo up
hostname app 2>/dev/null || true
cd "$root"
pivot_root . .old
umount -l /.old
rmdir /.old
mount -o remount,bind,ro /
cd ${INSIDE.workspace}
unshare --user --map-user="$uid" --map-group="$gid" setpriv --no-new-privs "$@" &
set +e
wait $!
`;

/**
 * Returns the command prefix that runs a command in a sandbox made with
 * util-linux alone. The shell stays as the first process and reaps orphans;
 * everything ends with it, and it ends with its parent.
 */
export function unshareCommand(spec: SandboxSpec): string[] {
  const { workspace, tmp, root, readOnly, links, uid, gid } = spec;
  return [
    'unshare',
    '--user',
    '--map-root-user',
    '--mount',
    '--pid',
    '--ipc',
    '--uts',
    '--net',
    '--fork',
    '--kill-child=KILL',
    '--',
    'sh',
    '-c',
    SCRIPT,
    'sandbox',
    root,
    ...links.flatMap(([inside, target]) => ['ln', target, inside]),
    ...['rw', workspace, INSIDE.workspace],
    ...['rw', tmp, '/tmp'],
    ...readOnly.flatMap(([inside, outside]) => ['ro', outside, inside]),
    ...['run', `${uid}`, `${gid}`],
  ];
}
