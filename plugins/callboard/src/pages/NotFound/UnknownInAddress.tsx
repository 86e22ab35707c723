import styles from './UnknownInAddress.module.css';

/** A part of the address names what is not there: said, with what is shown instead. */
export function UnknownInAddress({
  children,
}: {
  children: string;
}): JSX.Element {
  return (
    <p className={styles.note} role="alert">
      {children}
    </p>
  );
}
