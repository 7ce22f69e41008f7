# shellcheck shell=sh
# Sourced by bin/demo, bin/verify and dev/again: the Debian packages that they need.
packages="supervisor celery python3-celery python3-redis redis-server util-linux procps"
# For tests alone: Celery's pools of greenlets, and a systemd that is run in a namespace.
# shellcheck disable=SC2034 # used by who sources this
test_packages="python3-gevent python3-eventlet systemd"
# For bin/verify alone: the collection in ansible/ and what checks it.
# shellcheck disable=SC2034 # used by who sources this
ansible_packages="ansible-core ansible ansible-lint pylint pycodestyle yamllint python3-voluptuous python3-yaml"

missing_packages() {
    for package in $packages; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
}

# Installs what is missing. The services of these packages are not started: nobody asked for them.
install_packages() {
    command -v dpkg-query >/dev/null || { echo "This is no Debian; install by hand: $packages" >&2; return 0; }
    wanted=$(missing_packages)
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Please install first, as root: apt-get install $wanted" >&2
        return 1
    fi
    echo "Installing $wanted"
    hold_services
    status=0
    { apt-get update -q && install_quietly; } >/dev/null || status=$?
    release_services
    return "$status"
}

install_quietly() {
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $wanted </dev/null
}

hold_services() {
    held=""
    [ -e /usr/sbin/policy-rc.d ] && return
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    held=yes
}

release_services() {
    [ -z "$held" ] || rm -f /usr/sbin/policy-rc.d
}

# Unpacks setproctitle into a folder: installed for good it would give every worker of this machine another command line.
unpack_setproctitle() {
    [ ! -d "$1/usr" ] || return 0
    command -v dpkg-deb >/dev/null || return 1
    mkdir -p "$1" && (cd "$1" && apt-get download -q python3-setproctitle >/dev/null 2>&1 &&
        dpkg-deb -x python3-setproctitle_*.deb . && rm -f python3-setproctitle_*.deb)
}
