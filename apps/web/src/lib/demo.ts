/** What the server has written into the page of a demo; a page of a real installation has no such thing. */
const mark = document.querySelector<HTMLMetaElement>('meta[name="patchgate-demo"]');

/** Null in a real installation. Nothing of it changes while a page is open. */
export const demo = mark === null ? null : { retrySeconds: Number(mark.content) };
