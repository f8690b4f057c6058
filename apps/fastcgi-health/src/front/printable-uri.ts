const maxLength = 500;

/** The URI of a request as it may stand in a log: without the user of its authority and without its query. */
export function printableUri(uri: string): string {
  const [path = '', query] = uri.replace(/^((?:[a-z][a-z\d+.-]*:)?\/\/)?[^/?#]*@/i, '$1').split(/[?#](.*)/s);
  return `${path}${query === undefined ? '' : '?…'}`.slice(0, maxLength);
}
