import { useDebouncedValue } from '@mantine/hooks';
import type { JobPreviewView, JobRequest } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../lib/api-error.js';
import { useDeployDraft } from '../../lib/deploy-draft.js';
import type { DeployDraft, DraftHandle } from '../../lib/deploy-draft.js';
import { errorsOfRefusal } from '../../lib/form-errors.js';
import type { FormErrors } from '../../lib/form-errors.js';
import { previewQuery } from './deploy.queries.js';
import { checkDraft, draftFields, errorsOfObstacles } from './draft-request.js';
import type { FieldErrors } from './draft-request.js';

const settleMs = 250;

/** An order in the making: the draft, what is wrong with it, and what it would do. */
export interface Order extends DraftHandle {
  /** Null while the draft cannot be ordered as it is. */
  request: JobRequest | null;
  /** What is wrong, at its fields: by the contract, by the preview, and by the last refusal. */
  errors: FieldErrors;
  preview: UseQueryResult<JobPreviewView>;
  /** The preview is of this very draft, and no older one. */
  isPreviewed: boolean;
  /** What the server refused of this draft, where no field says it. */
  refusal: FormErrors | null;
  refuse: (error: unknown) => void;
}

export function useOrder(): Order {
  const handle = useDeployDraft();
  const { draft } = handle;
  const [settled] = useDebouncedValue(draft, settleMs);
  const [refused, setRefused] = useState<{ of: DeployDraft; errors: FormErrors } | null>(null);
  const checked = checkDraft(draft);
  const preview = useQuery(previewQuery(checkDraft(settled).request));
  const refusal = refused?.of === draft ? refused.errors : null;
  const isPreviewed = settled === draft && preview.isSuccess && !preview.isPlaceholderData;
  return {
    ...handle,
    request: checked.request,
    errors: {
      ...(isPreviewed && errorsOfObstacles(preview.data)),
      ...fieldsOfError(preview.error),
      ...refusal?.fields,
      ...checked.errors,
    },
    preview,
    isPreviewed,
    refusal,
    refuse: (error) => setRefused({ of: draft, errors: errorsOfRefusal(error, draftFields) }),
  };
}

const fieldsOfError = (error: unknown): FieldErrors =>
  error instanceof ApiError ? errorsOfRefusal(error, draftFields).fields : {};
