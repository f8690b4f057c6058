/** What the server will accept; it says so itself when a password is refused. */
export const passwordHint = 'At least 15 characters; any are allowed. Four unrelated words are good.';
