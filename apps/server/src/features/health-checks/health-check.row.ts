import type { CheckInput } from '@patchgate/contracts';
import type { CheckStatus, ProbeReason } from '@patchgate/domain';

/** The columns that say what is checked. Each type has exactly its own; the others are null. */
export interface CheckFields {
  readonly check_type: CheckInput['check_type'];
  readonly service_name: string | null;
  readonly url: string | null;
  readonly expected_body: string | null;
  readonly ignore_cert_errors: boolean;
  readonly basic_auth_user: string | null;
  readonly target_host: string | null;
  readonly target_port: number | null;
  readonly use_tls: boolean | null;
  readonly use_client_cert: boolean | null;
  readonly script_path: string | null;
}

/** The sealed password, as it is stored; all null without one. */
export interface SecretFields {
  readonly basic_auth_pass_encrypted: Buffer | null;
  readonly basic_auth_pass_nonce: Buffer | null;
  readonly secret_key_id: string | null;
}

export interface StoredCheck extends CheckFields, SecretFields {
  readonly id: string;
  readonly host_id: string;
  readonly revision: number;
  readonly name: string;
  readonly enabled: boolean;
}

/** How its host's agent is reached. */
export interface AgentFields {
  readonly address: string;
  readonly agent_port: number;
}

/** A check with what is known of it. */
export interface CheckRow extends StoredCheck, AgentFields {
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly status: CheckStatus;
  /** Since when the status is what it is. */
  readonly since: Date;
  readonly last_result_at: Date | null;
  readonly last_latency_ms: number | null;
  readonly last_reason: ProbeReason | null;
  readonly last_detail: string | null;
}
