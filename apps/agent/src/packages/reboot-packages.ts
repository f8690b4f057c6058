/** What is in use from the start of the host to its end: the kernel, the C library, the init system and what they load. */
const patterns: readonly RegExp[] = [
  /^linux-image-/,
  /^linux-(?:generic|virtual|aws|azure|gcp|raspi)/,
  /^(?:libc6|libc-bin|glibc|musl)$/,
  /^(?:systemd|systemd-sysv|libsystemd0|libsystemd-shared|udev|libudev1)$/,
  /^(?:dbus|dbus-daemon|dbus-broker|libdbus-1-3)$/,
  /^(?:openssl|libssl\d.*)$/,
  /^(?:intel-microcode|amd64-microcode|microcode_ctl)$/,
  /^firmware-/,
  /^(?:grub-(?:pc|efi).*|shim-signed)$/,
  /^(?:cryptsetup|lvm2|mdadm|initramfs-tools)$/,
];

/** @param name perhaps with `:architecture` behind it */
export function isRebootPackage(name: string): boolean {
  const [bare = name] = name.split(':', 1);
  return patterns.some((pattern) => pattern.test(bare));
}
