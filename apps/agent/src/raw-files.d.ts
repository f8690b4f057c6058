/** Vite puts the text of a file in the place of such an import. */
declare module '*?raw' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- that is how Vite gives a file's text
  export default text;
}
