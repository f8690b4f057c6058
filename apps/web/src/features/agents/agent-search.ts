export interface AgentSearch {
  dialog?: 'enrol' | undefined;
}

export const parseAgentSearch = (raw: Record<string, unknown>): AgentSearch => ({
  dialog: raw.dialog === 'enrol' ? 'enrol' : undefined,
});
