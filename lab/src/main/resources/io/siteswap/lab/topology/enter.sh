# First process of a node in bare namespaces. Arguments: DIR HOSTNAME {SOURCE TARGET ro|rw}... -- COMMAND
# The host's root file system is seen through an overlay, so that a node can write everywhere and
# nothing reaches the host; DIR/upper is the node's disk and outlives it.
set -eu
dir=$1
hostname "$2"
shift 2
root=$dir/root
mkdir -p "$dir/upper" "$dir/work" "$root"
mount -t overlay siteswap-lab -o "lowerdir=/,upperdir=$dir/upper,workdir=$dir/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /dev "$root/dev"
# What is named after a process id there is not another node's: each counts its processes from 1.
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then
        mkdir -p "$root$2"
    else
        mkdir -p "$(dirname "$root$2")"
        [ -e "$root$2" ] || : >"$root$2"
    fi
    mount --bind "$1" "$root$2"
    [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"
    shift 3
done
shift
exec chroot "$root" "$@"
