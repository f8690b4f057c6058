import { z } from 'zod';

/** What the api of a demo is told by whoever laid the demo out. */
const demoFile = z.strictObject({
  /** Where the simulator takes orders, on loopback. */
  control_port: z.int(),
  /** What somebody who looks may repair. */
  faults: z.array(z.strictObject({ host_id: z.string(), service: z.string() })),
});
export type DemoFile = z.infer<typeof demoFile>;

export const readDemoFile = (text: string): DemoFile => demoFile.parse(JSON.parse(text));
