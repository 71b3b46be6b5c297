# Sourced by bin/run and bin/test, in the project's folder. Makes the project's own Python environment from the locks,
# checking every file's hash, and leaves its folder in $venv. Does nothing when the locks are unchanged.
#   prepare_environment NAME FILE…     NAME tells one set of lock files from another

venv=${RINGBACK_VENV:-.venv}

# Some machines tell Python to keep nothing it compiles. Each process, and there are hundreds in a test run, would then
# spend seconds on compiling Django and the rest anew.
unset PYTHONDONTWRITEBYTECODE

# uv trusts only its own list of authorities; many firms' networks need the machine's. (Two names: newer, older uv.)
: "${UV_SYSTEM_CERTS=1}" "${UV_NATIVE_TLS=1}"
export UV_SYSTEM_CERTS UV_NATIVE_TLS

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Run a long command: a line that counts the seconds, and its output only if it fails.
patiently() {
    what=$1
    shift
    log=$(mktemp)
    began=$(date +%s)
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    trap 'kill "$child" 2>/dev/null; rm -f "$log"; exit 130' INT TERM
    while kill -0 "$child" 2>/dev/null; do
        [ -t 1 ] && printf '\r  %s … %ss ' "$what" "$(($(date +%s) - began))"
        sleep 1
    done
    code=0
    wait "$child" || code=$?
    trap - INT TERM
    if [ "$code" -ne 0 ]; then
        [ -t 1 ] && printf '\r'
        tail -n 40 "$log" >&2
        rm -f "$log"
        fail "  $what: failed ($code)"
    fi
    rm -f "$log"
    [ -t 1 ] && printf '\r'
    say "  $what: $(($(date +%s) - began)) s    "
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${RINGBACK_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    fail "Ringback needs Python 3.11 or newer; found: $(python3 --version 2>/dev/null || echo none). Set RINGBACK_PYTHON if it is not on PATH."
}

can_make_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

make_environment() {
    # Making an environment empties its folder: never one that holds something else.
    if [ -d "$venv" ] && [ ! -f "$venv/pyvenv.cfg" ] && [ -n "$(ls -A "$venv")" ]; then
        fail "$venv is not empty and not a Python environment. Choose another folder with RINGBACK_VENV."
    fi
    python=$(find_python) || exit 1
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --clear --python "$python" "$venv" || fail "uv could not make the environment in $venv"
        return
    fi
    if ! can_make_environments "$python"; then
        line="apt-get install -y python3-venv"
        if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
            fail "This Python cannot make environments yet. On Debian and Ubuntu type:  sudo $line"
        fi
        patiently "apt: python3-venv" apt_install python3-venv
        can_make_environments "$python" || fail "$python still lacks the modules venv and ensurepip; install them and start again"
    fi
    "$python" -m venv --clear "$venv" || fail "could not make the environment in $venv"
}

apt_install() (
    # Package scripts need the administrator's programs, which a plain PATH may not name.
    PATH="$PATH:/usr/sbin:/sbin"
    DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
)

# A server that tests start for themselves must not begin to work for the whole machine: it is installed asleep, and
# stays so. What kept services asleep before is put back.
policy_rc_d=/usr/sbin/policy-rc.d
apt_install_asleep() (
    [ ! -e "$policy_rc_d" ] || mv "$policy_rc_d" "$policy_rc_d.before-ringback"
    trap 'rm -f "$policy_rc_d"; [ ! -e "$policy_rc_d.before-ringback" ] || mv "$policy_rc_d.before-ringback" "$policy_rc_d"' EXIT
    trap 'exit 143' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy_rc_d"
    chmod 755 "$policy_rc_d"
    # Postfix would ask what it is to be; without a configuration it stays a set of programs.
    echo "postfix postfix/main_mailer_type select No configuration" | PATH="$PATH:/usr/sbin:/sbin" debconf-set-selections
    apt_install "$@"
    if command -v systemctl >/dev/null 2>&1; then
        for service in postfix.service dovecot.service dovecot.socket; do systemctl disable "$service" 2>/dev/null || :; done
    fi
)

install_locked() {
    arguments=
    for file in "$@"; do arguments="$arguments -r $file"; done
    # shellcheck disable=SC2086 # the file names are ours and hold no blanks
    if command -v uv >/dev/null 2>&1; then
        uv pip install --python "$venv/bin/python" --require-hashes $arguments &&
            uv pip install --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
    else
        "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes $arguments &&
            "$venv/bin/python" -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
    fi
}

prepare_environment() {
    stamp=.ringback-$1
    shift
    wanted="$(pwd) $(cat pyproject.toml "$@" | cksum)"
    if [ "$(cat "$venv/$stamp" 2>/dev/null)" = "$wanted" ] && is_new_enough "$venv/bin/python"; then
        return
    fi
    is_new_enough "$venv/bin/python" || make_environment
    # An environment made by uv holds no pip.
    if ! command -v uv >/dev/null 2>&1 && ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then make_environment; fi
    patiently "Python packages, checked against the lock" install_locked "$@"
    printf '%s' "$wanted" >"$venv/$stamp"
}
