"""Derivations, one module per exercise: statement, proof, simulation and false neighbours."""
