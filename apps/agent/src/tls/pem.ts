const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM bundle, one PEM each (RFC 7468). */
export const certificatesIn = (bundle: string): readonly string[] => bundle.match(block) ?? [];
