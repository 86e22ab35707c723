import {
  type Audit,
  type Problem,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { saveFile } from '../saveFile';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Whether every app runs where it should. */
export function auditQuery(api: CallboardApi, at?: Date) {
  return askAt<Audit>(
    {
      queryKey: queryKeys.audit(),
      ask: options => api.getAudit(options),
    },
    at,
  );
}

export function useAudit(): View<Audit> {
  const api = useCallboardApi();
  const query = auditQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

/** Saves the audit as a CSV file. */
export interface ExportAudit {
  save: () => void;
  isSaving: boolean;
  problem?: Problem;
}

export function useExportAudit(): ExportAudit {
  const api = useCallboardApi();
  const at = useInstant();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const text = await api.exportAudit({ ...(at && { at }) });
      saveFile(`audit-${(at ?? new Date()).toISOString().slice(0, 10)}.csv`, {
        type: 'text/csv',
        text,
      });
    },
  });
  return {
    save: () => mutate(),
    isSaving: isPending,
    ...(error instanceof ProblemError && { problem: error.problem }),
  };
}
