import { z } from 'zod';
import { LABEL_KEY, LABEL_VALUE } from '../checkLabel';

const MOST_ENTRIES = 50;
const MOST_CHARACTERS = 4096;

/** Annotations that change what a pod may do. */
const REFUSED: Array<{ prefix: string; why: string; next: string }> = [
  {
    prefix: 'callboard.dev/',
    why: 'annotations that start with "callboard.dev/" are written by Callboard itself',
    next: 'Rename the annotation',
  },
  {
    prefix: 'container.apparmor.security.beta.kubernetes.io/',
    why: 'it would weaken the Pod Security Standard that the pods are held to',
    next: 'Remove the annotation',
  },
  {
    prefix: 'seccomp.security.alpha.kubernetes.io/',
    why: 'it would weaken the Pod Security Standard that the pods are held to',
    next: 'Remove the annotation',
  },
  {
    prefix: 'container.seccomp.security.alpha.kubernetes.io/',
    why: 'it would weaken the Pod Security Standard that the pods are held to',
    next: 'Remove the annotation',
  },
  {
    prefix: 'k8s.v1.cni.cncf.io/',
    why: 'it would give pods a network that no policy holds for',
    next: 'Remove the annotation; whom a workload calls is said by "connections" in spec.deploy',
  },
];

const hasFewEntries = (map: object) => Object.keys(map).length <= MOST_ENTRIES;
const FEW_ENTRIES = `must have at most ${MOST_ENTRIES} entries`;

export const annotationsSchema = z
  .record(
    z.string().regex(LABEL_KEY, 'is not a valid annotation'),
    z.string().max(MOST_CHARACTERS).nullable(),
  )
  .refine(hasFewEntries, FEW_ENTRIES)
  .superRefine((annotations, context) => {
    for (const key of Object.keys(annotations)) {
      const refused = REFUSED.find(({ prefix }) => key.startsWith(prefix));
      if (refused)
        context.addIssue({
          code: 'custom',
          path: [key],
          message: refused.why,
          params: { next: refused.next },
        });
    }
  });

export const nodeSelectorSchema = z
  .record(
    z.string().regex(LABEL_KEY, 'is not a valid label'),
    z.string().regex(LABEL_VALUE, 'is not a valid value of a label').nullable(),
  )
  .refine(hasFewEntries, FEW_ENTRIES);
