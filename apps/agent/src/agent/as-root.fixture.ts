/**
 * What goes before a command line that needs to be root: nothing for root, else a namespace in which this user is. There
 * it may change the files of its own that a test makes, and no others.
 */
export const asRoot: readonly string[] = process.geteuid?.() === 0 ? [] : ['unshare', '--map-root-user'];
