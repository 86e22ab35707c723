import { Fragment } from 'react';
import styles from './Name.module.css';

const SHORT = 20; // characters; fits into the columns of every table

/** A name that stays on one line when it fits: `us-1` never breaks after `us-`. It is copied unchanged. */
export function Name({ children }: { children: string }): JSX.Element {
  return <span className={classOf(children)}>{children}</span>;
}

function classOf(name: string): string {
  return name.length > SHORT ? styles.long : styles.short;
}

/** Several names in a row, separated by commas, or by semicolons when a name contains a comma. */
export function NameList({ names }: { names: readonly string[] }): JSX.Element {
  const between = names.some(name => name.includes(',')) ? ';' : ',';
  return (
    <>
      {names.map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ' '}
          <span className={classOf(name)}>
            <Name>{name}</Name>
            {index < names.length - 1 && between}
          </span>
        </Fragment>
      ))}
    </>
  );
}
