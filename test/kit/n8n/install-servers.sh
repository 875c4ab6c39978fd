#!/bin/sh
# Installs Debian's PostgreSQL and Redis for the queue mode test, and leaves their services stopped:
# the test starts servers of its own. Needs root.
set -eu
export DEBIAN_FRONTEND=noninteractive

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod +x "$policy"
	trap 'rm -f "$policy"' EXIT
fi

apt() {
	apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@"
}
apt update
apt install --yes --no-install-recommends postgresql redis-server
