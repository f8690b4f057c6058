/** The one place that reads the machine's time, so that everything drawn from it can be reasoned about and tested. */
export const nowMs = (): number =>
  // eslint-disable-next-line no-restricted-syntax -- this is the browser's Clock; performance.now() stands still while a laptop sleeps
  Date.now();
