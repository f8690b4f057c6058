/** The role that commands agents, as a URI in the alternative names of the manager's client certificate (RFC 5280, 4.2.1.6). */
export const managerIdentity = 'patchgate:manager';

/**
 * Who a host's certificate says it is, as a URI in its alternative names.
 *
 * @param hostId the id that the manager gave the host
 */
export const hostIdentity = (hostId: string): string => `patchgate:host:${hostId}`;
