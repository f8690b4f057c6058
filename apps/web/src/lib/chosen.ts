import type { SchemaIssue } from './form-errors.js';

interface Checked {
  safeParse: (input: unknown) => { success: true; data: string } | { success: false };
}

type Verdict =
  { success: true; data: string } | { success: false; error: { issues: readonly SchemaIssue[] } };

/** A form of one choice: its body is the chosen id itself. */
export const chosen = (field: string, idSchema: Checked) => ({
  safeParse: (values: unknown): Verdict => {
    const parsed = idSchema.safeParse((values as Record<string, unknown>)[field]);
    if (parsed.success) return parsed;
    return { success: false, error: { issues: [{ path: [field], message: 'Choose one' }] } };
  },
});
