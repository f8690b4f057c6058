// An administrator at the api. What it was answered is what was acknowledged.

export const admin = { username: 'storm', password: 'whatever falls over gets up again' };
/** Beyond this nobody counts on an answer. */
const patienceMs = 15_000;

/** @typedef {{ status: number, body: any }} Answer status 0: no answer came, and nothing is known */
/** @typedef {Awaited<ReturnType<typeof signIn>>} ApiClient */

/** @param {string} origin */
export async function signIn(origin) {
  const { cookie } = await ask(origin, '', 'POST', '/auth/login', admin);
  if (cookie === '') throw new Error('the administrator cannot sign in');
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<Answer>} */
  const call = (method, path, body) => ask(origin, cookie, method, path, body);
  return {
    call,
    /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
    ok: async (method, path, body) => {
      const answer = await call(method, path, body);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
  };
}

/**
 * @param {string} origin
 * @param {string} cookie
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Answer & { cookie: string }>}
 */
async function ask(origin, cookie, method, path, body) {
  try {
    const reply = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { cookie, 'x-patchgate-request': '1', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await reply.text();
    return {
      status: reply.status,
      body: text === '' ? null : JSON.parse(text),
      cookie: reply.headers.get('set-cookie')?.split(';')[0] ?? '',
    };
  } catch (error) {
    return { status: 0, body: { error: String(error) }, cookie: '' };
  }
}
