/** Hundredths of a credit, an integer: 4.5 credits are 450. Fractions never enter the engine. */
export type Centicredits = number;
/** An integer number of minutes of learning. */
export type Minutes = number;
/** An integer number of cents (CAD). */
export type Cents = number;
/** Hundredths of a percentage point, an integer from 0 to 10,000: 72.5 % is 7250. */
export type Grade = number;
