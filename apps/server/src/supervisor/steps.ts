/** Where the start tells a person what it does; one line per step with its seconds. */
export interface Steps {
  readonly say: (line: string) => void;
  readonly run: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

export function createSteps(write: (text: string) => void): Steps {
  const say = (line: string) => write(`${line}\n`);
  return {
    say,
    run: async (name, work) => {
      const startedAt = performance.now();
      const result = await work();
      say(`  ${name.padEnd(28)} ${((performance.now() - startedAt) / 1000).toFixed(2).padStart(6)} s`);
      return result;
    },
  };
}
