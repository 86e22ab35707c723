import { checkFiles } from '../check/checkFiles';
import { formatFindings } from '../check/formatFindings';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Reports faults of files before a push, in the words in which the push would be refused. */
export const check: Verb = {
  name: 'check',
  summary: 'say what is wrong with score.yaml, app.yaml or files of a platform',
  usage: `Usage: callboard check FILE… [options]

  FILE                   Score files, app.yaml, files of a platform (Environment, Blueprint, Cluster, …), told
                         apart by what is in them; several documents and kind: List where a platform's files
                         may have them. - is standard input
  -f, --file FILE        the same; may repeat
  -o, --output FORMAT    text, or json: one line for each finding,
                         {"file","line","column","path","severity","what","why","next"}

An app.yaml and the Score files below its folder are judged together, as in a push; Score files below none are one
app. Environments, Provisioners, Policies and Clusters of a platform count for all of them.

Exit code: 0 good, 1 an error is among the findings, 2 usage, or a file cannot be read`,
  async run(args: string[], io: Io): Promise<ExitCode> {
    const options = readArguments(
      args,
      { file: { type: 'string', short: 'f', multiple: true } },
      { takesFiles: true },
    );
    const files = [
      ...new Set([...options.positionals, ...options.texts('file')]),
    ];
    if (files.length === 0) throw new UsageError('Which files?');
    const judge = io.startJudge();
    try {
      const findings = await checkFiles(files, io, judge);
      if (options.output === 'text')
        io.out(formatFindings(findings, files.length));
      else findings.forEach(finding => io.out(JSON.stringify(finding)));
      return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
    } finally {
      await judge.close();
    }
  },
};
