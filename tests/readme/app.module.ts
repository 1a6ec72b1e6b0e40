// The application of a reader with NestJS.
import "reflect-metadata";
import { Module } from "@nestjs/common";

export class AppModule {}
Module({})(AppModule);
