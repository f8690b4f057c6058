import { AgentRefusal } from '../http/agent-refusal.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.@+-]*$/;
const MAX_LENGTH = 256;

/** @throws AgentRefusal `INVALID_SERVICE_NAME` for what no unit may be called */
export function checkServiceName(name: string): string {
  if (name.length > MAX_LENGTH) {
    throw new AgentRefusal('INVALID_SERVICE_NAME', `a service's name has at most ${MAX_LENGTH} characters`);
  }
  if (!NAME.test(name)) {
    throw new AgentRefusal(
      'INVALID_SERVICE_NAME',
      "a service's name has letters, digits and _ . @ + -, and begins with a letter or a digit",
    );
  }
  return name;
}
