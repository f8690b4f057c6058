#!/bin/sh
# Runs a real systemd as process 1 of namespaces of its own, over the machine's own files: what it changes is in memory
# and goes with it. One directory is the same inside and outside.
# usage: private-systemd.sh WORK SHARED [OUTSIDE INSIDE]...
# Each further pair is a file or directory of the machine that is read inside by another name.
set -eu
work=$1
shared=$2
shift 2
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$work"
mkdir "$work/upper" "$work/work" "$work/root"
root=$work/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$root"
mount -t proc proc "$root/proc"
# Read-only, and without udev: the devices and the network are those of the machine, and theirs are the names.
mount -t sysfs -o ro sysfs "$root/sys"
for unit in systemd-udevd systemd-udev-trigger systemd-networkd systemd-timesyncd; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
done
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup" 2>/dev/null || true
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -p "$root$shared"
mount --bind "$shared" "$root$shared"
while [ $# -gt 0 ]; do
  # A name that is there may be a link, which would lead outside.
  rm -rf "$root$2"
  if [ -d "$1" ]; then
    mkdir -p "$root$2"
  else
    mkdir -p "$root${2%/*}"
    touch "$root$2"
  fi
  mount --bind -o ro "$1" "$root$2"
  shift 2
done
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
  # shellcheck disable=SC2086 # three words
  set -- $node
  mknod -m 666 "$root/dev/$1" c "$2" "$3"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s pts/ptmx "$root/dev/ptmx"
mkdir "$root/dev/pts" "$root/dev/shm"
# Not chroot alone: the sandboxes of units are namespaces, which can be made only where the root is a real one.
mkdir "$root/old"
cd "$root"
pivot_root . old
umount --lazy /old
# As systemd itself does it where it takes itself for no container: the files of credentials come this way.
mount --make-rshared /
exec /usr/bin/env -i container=fixture PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=basic.target
