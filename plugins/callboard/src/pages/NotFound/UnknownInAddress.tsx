import styles from './UnknownInAddress.module.css';

/** Message for an unknown name in a part of the address, with what is shown instead. */
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
