#!/bin/sh
# A systemd of its own as pid 1 of a pid namespace: systemd-box.sh FOLDER CONTROL_GROUP
# Units are read from FOLDER/units. What it mounts, and the name it gives its host, stay in its namespaces.
set -eu
folder=$1
group=$2
mkdir "$group"
echo $$ >"$group/cgroup.procs"
# shellcheck disable=SC2016 # expanded by the shell inside
exec unshare --mount --pid --uts --cgroup --fork --kill-child --mount-proc sh -euc '
    mount --make-rprivate /
    mount --bind /proc/sys /proc/sys
    mount -o remount,bind,ro /proc/sys
    mount --rbind --make-rprivate /sys /sys
    umount -R /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mount -t tmpfs tmpfs /run
    mkdir -p /run/lock
    mount --bind "$1/units" /etc/systemd/system
    container=box exec /lib/systemd/systemd --system --unit=box.target --log-target=null --show-status=no
' sh "$folder"
