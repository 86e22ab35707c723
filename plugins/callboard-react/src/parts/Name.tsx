import { Fragment } from 'react';
import styles from './Name.module.css';

const SHORT = 20; // characters; fits into the columns of every table

/** A name that stays on one line wherever a line has room for it: `us-1` never ends as `us-`. It is copied as it is written. */
export function Name({ children }: { children: string }): JSX.Element {
  return <span className={classOf(children)}>{children}</span>;
}

function classOf(name: string): string {
  return name.length > SHORT ? styles.long : styles.short;
}

/** Several names in a row; where one has a comma, semicolons are between them. */
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
